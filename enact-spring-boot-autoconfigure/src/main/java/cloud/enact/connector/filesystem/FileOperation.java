package cloud.enact.connector.filesystem;

import cloud.enact.action.Reversibility;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the connector can do. */
enum FileOperation {
    READ_FILE(Reversibility.READ_ONLY, "path"),
    LIST_DIR(Reversibility.READ_ONLY, "path"),
    WRITE_FILE(Reversibility.REVERSIBLE, "path", "content", "content_base64"),
    APPEND_FILE(Reversibility.REVERSIBLE, "path", "content", "content_base64"),
    MOVE_FILE(Reversibility.REVERSIBLE, "path", "to"),
    DELETE_FILE(Reversibility.REVERSIBLE, "path"),
    DELETE_DIR(Reversibility.REVERSIBLE, "path");

    private final Reversibility reversibility;

    private final Set<String> arguments;

    FileOperation(Reversibility reversibility, String... arguments) {
        this.reversibility = reversibility;
        this.arguments = Set.of(arguments);
    }

    /** The operation of a name, or {@code null}. */
    static @Nullable FileOperation of(String id) {
        for (FileOperation operation : values()) {
            if (operation.id().equals(id)) {
                return operation;
            }
        }
        return null;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Reversibility reversibility() {
        return this.reversibility;
    }

    Set<String> arguments() {
        return this.arguments;
    }
}

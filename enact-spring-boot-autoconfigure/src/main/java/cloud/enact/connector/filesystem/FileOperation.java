package cloud.enact.connector.filesystem;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.ConnectorOperation;
import java.util.Locale;
import java.util.Set;

/** What the connector can do. */
enum FileOperation implements ConnectorOperation {
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

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Reversibility reversibility() {
        return this.reversibility;
    }

    @Override
    public Set<String> arguments() {
        return this.arguments;
    }
}

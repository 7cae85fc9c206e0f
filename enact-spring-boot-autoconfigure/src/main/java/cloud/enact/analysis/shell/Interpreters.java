package cloud.enact.analysis.shell;

import org.jspecify.annotations.Nullable;

/** Interpreters of other languages. */
final class Interpreters {

    private Interpreters() {}

    /** The language that the first line of a script names, or {@code null}. */
    static @Nullable String language(String script) {
        return null;
    }
}

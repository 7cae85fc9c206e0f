package cloud.enact.analysis.shell;

import org.jspecify.annotations.Nullable;

/**
 * What a command reads from its standard input.
 *
 * @param text what it is, {@code null} when it is not known
 * @param given whether the text gives it at all, by a pipe or a redirection
 * @param document whether it is a here-document or here-string
 */
record Input(@Nullable String text, boolean given, boolean document) {

    static final Input INHERITED = new Input(null, false, false);

    static final Input UNKNOWN = new Input(null, true, false);

    static Input of(@Nullable String text) {
        return (text == null) ? UNKNOWN : new Input(text, true, false);
    }
}

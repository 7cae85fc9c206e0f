package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Part.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A word as it is written. */
record Word(List<Part> parts) {

    static final Word EMPTY = new Word(List.of());

    static Word quoted(String text) {
        return new Word(List.of(new Text(text, true)));
    }

    boolean isEmpty() {
        return this.parts.isEmpty();
    }

    /** The text of a word without quotes and expansions, or {@code null}. */
    @Nullable
    String bare() {
        return (this.parts.size() == 1 && this.parts.get(0) instanceof Text text && !text.quoted())
                ? text.text()
                : null;
    }

    /** The text of a word without expansions, or {@code null}. */
    @Nullable
    String constant() {
        StringBuilder all = new StringBuilder();
        for (Part part : this.parts) {
            if (!(part instanceof Text text)) {
                return null;
            }
            all.append(text.text());
        }
        return all.toString();
    }

    boolean isQuoted() {
        for (Part part : this.parts) {
            if (part instanceof Text text && text.quoted()) {
                return true;
            }
        }
        return false;
    }
}

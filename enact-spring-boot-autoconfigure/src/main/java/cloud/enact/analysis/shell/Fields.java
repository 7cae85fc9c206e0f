package cloud.enact.analysis.shell;

import java.util.List;

/** Puts fields together from the pieces of one word. */
final class Fields {

    private final List<Field> done;

    private final StringBuilder current = new StringBuilder();

    private boolean started;

    private boolean glob;

    private boolean bracket;

    Fields(List<Field> done) {
        this.done = done;
    }

    void quoted(String text) {
        this.current.append(text);
        this.started = true;
    }

    void plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            plain(text.charAt(i));
        }
    }

    private void plain(char c) {
        if (c == '*' || c == '?') {
            this.glob = true;
        } else if (c == '[') {
            this.bracket = true;
        } else if (c == ']' && this.bracket) {
            this.glob = true;
        }
        this.current.append(c);
        this.started = true;
    }

    /** Text that came out of an expansion without quotes: it is split. */
    void split(String text, String separators) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (separators.indexOf(c) >= 0) {
                end();
            } else {
                plain(c);
            }
        }
    }

    void end() {
        if (this.started) {
            this.done.add(new Field(this.current.toString(), this.glob));
            this.current.setLength(0);
            this.started = false;
            this.glob = false;
            this.bracket = false;
        }
    }
}

package cloud.enact.sample;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints labelled, wrapped lines in plain ASCII: reads well on a screen, in a log and in a test. */
final class Terminal {

    private static final int WIDTH = 100;

    private static final int LABEL = 13;

    private static final String MARGIN = "  ";

    private final PrintStream out;

    private final Duration pause;

    Terminal(PrintStream out, Duration pause) {
        this.out = out;
        this.pause = pause;
    }

    void blank() {
        print("");
    }

    /** Text as it is, for lines that are to be copied. */
    void plain(String text) {
        print(text);
    }

    /** Whether a text needs no more than a line beside its label. */
    boolean fits(String text) {
        return ascii(text).length() <= WIDTH - indent("").length();
    }

    /** A label and lines beside it, each wrapped. */
    void lines(String label, List<String> texts) {
        String beside = label;
        for (String text : texts) {
            line(beside, text);
            beside = "";
        }
    }

    /** A label and its text, wrapped beside it. */
    void line(String label, String text) {
        String indent = indent(label);
        String rest = ascii(text);
        int room = WIDTH - indent.length();
        while (rest.length() > room) {
            int space = rest.lastIndexOf(' ', room);
            int end = (space > 0) ? space : room;
            print((indent + rest.substring(0, end)).stripTrailing());
            rest = rest.substring((space > 0) ? end + 1 : end);
            indent = " ".repeat(indent.length());
        }
        print((indent + rest).stripTrailing());
    }

    private static String indent(String label) {
        return MARGIN + String.format(Locale.ROOT, "%-" + LABEL + "s ", label);
    }

    /** What a model or a file name holds must not steer the terminal. */
    private static String ascii(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c >= 0x20 && c < 0x7F) {
                plain.append((char) c);
            } else {
                plain.append((c == '\n' || c == '\t') ? ' ' : '?');
            }
        });
        return plain.toString();
    }

    private void print(String line) {
        this.out.println(line);
        this.out.flush();
        if (!this.pause.isZero()) {
            try {
                Thread.sleep(this.pause.toMillis());
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

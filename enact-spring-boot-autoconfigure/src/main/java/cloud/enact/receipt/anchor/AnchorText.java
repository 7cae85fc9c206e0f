package cloud.enact.receipt.anchor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signed notes in a text, among anything else: as they are, or one per line as {@link AnchorLine} writes them. Whatever
 * is no note is passed over, so half a record, lines of other loggers and huge lines do no harm. Constant memory.
 */
final class AnchorText {

    /** Longer lines are passed over: no note has one. */
    private static final int MAX_LINE = 16 * 1024;

    private static final int MAX_LINES = 100;

    private static final String SIGNATURE = "— ";

    private final Consumer<String> visitor;

    private final List<String> text = new ArrayList<>();

    private final List<String> signatures = new ArrayList<>();

    private boolean blank;

    private boolean tooLong;

    AnchorText(Consumer<String> visitor) {
        this.visitor = visitor;
    }

    void read(InputStream stream) throws IOException {
        InputStream in = new BufferedInputStream(stream, 1 << 16);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (@Nullable String line = line(in, bytes); line != null; line = line(in, bytes)) {
            add(line);
        }
        end();
    }

    /** A line without its break, an empty one for one that is too long, or {@code null} at the end. */
    private static @Nullable String line(InputStream in, ByteArrayOutputStream bytes) throws IOException {
        bytes.reset();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        boolean fits = true;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            fits &= bytes.size() < MAX_LINE;
            if (fits) {
                bytes.write(next);
            }
        }
        return fits ? bytes.toString(StandardCharsets.UTF_8) : "";
    }

    private void add(String line) {
        if (AnchorLine.isMeant(line)) {
            end();
            AnchorLine.find(line).ifPresent(this.visitor);
        } else if (this.blank && !this.text.isEmpty() && line.startsWith(SIGNATURE)) {
            keep(this.signatures, line);
        } else if (line.isEmpty()) {
            if (!this.signatures.isEmpty()) {
                end();
            }
            this.blank = true;
        } else {
            if (this.blank) {
                end();
            }
            keep(this.text, line);
        }
    }

    private void keep(List<String> lines, String line) {
        if (lines.size() < MAX_LINES) {
            lines.add(line);
        } else {
            this.tooLong = true;
        }
    }

    private void end() {
        if (!this.signatures.isEmpty() && !this.tooLong) {
            this.visitor.accept(String.join("\n", this.text) + "\n\n" + String.join("\n", this.signatures) + "\n");
        }
        this.text.clear();
        this.signatures.clear();
        this.blank = false;
        this.tooLong = false;
    }
}

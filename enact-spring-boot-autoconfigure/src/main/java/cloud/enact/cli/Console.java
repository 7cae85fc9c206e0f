package cloud.enact.cli;

import cloud.enact.action.Printable;
import cloud.enact.receipt.Verification;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where commands write. What receipts hold was chosen by others, so no control character of theirs reaches a terminal.
 */
final class Console {

    private final OutputStream bytes;

    private final PrintWriter out;

    private final PrintWriter err;

    Console(OutputStream out, PrintWriter err) {
        this.bytes = out;
        this.out = new PrintWriter(out, true, StandardCharsets.UTF_8);
        this.err = err;
    }

    PrintWriter out() {
        return this.out;
    }

    /** For exact bytes; nothing else may be written meanwhile. */
    OutputStream bytes() {
        this.out.flush();
        return this.bytes;
    }

    void line(String text) {
        this.out.println(Printable.of(text));
    }

    void error(String text) {
        this.err.println(Printable.of(text));
        this.err.flush();
    }

    void json(Map<String, @Nullable Object> value) {
        // made here, because most commands print none and should not wait for it
        JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                        .build())
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
        this.out.println(json.writeValueAsString(value));
    }

    void verification(Verification verification) {
        line(verification.summary());
        problems(verification);
    }

    void problems(Verification verification) {
        verification
                .problems()
                .forEach(problem -> line("  " + problem.state() + "  "
                        + (problem.log().isEmpty() ? "" : problem.log() + "/" + problem.seq() + "  ")
                        + problem.detail()));
        long more = verification.problemCount() - verification.problems().size();
        if (more > 0) {
            line("  and " + more + " more");
        }
    }
}

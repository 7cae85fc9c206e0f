package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTests {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private final Terminal terminal =
            new Terminal(new PrintStream(this.printed, true, StandardCharsets.UTF_8), Duration.ZERO);

    @Test
    void longTextIsWrappedBesideItsLabel() {
        this.terminal.line("label", "word ".repeat(40).strip());

        assertThat(lines()).hasSize(3).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(lines().get(0)).startsWith("  label         word");
        assertThat(lines().get(1)).startsWith("                word");
    }

    @Test
    void aWordThatIsTooLongIsCut() {
        this.terminal.line("label", "x".repeat(200));

        assertThat(lines()).hasSize(3);
        assertThat(String.join("", lines()).chars().filter(c -> c == 'x')).hasSize(200);
    }

    @Test
    void whatAModelSaysCannotSteerTheTerminal() {
        this.terminal.line("agent says", "\u001B[2Jgone\r\u0007 \u202Eevil");

        assertThat(lines()).containsExactly("  agent says    ?[2Jgone?? ?evil");
    }

    @Test
    void whatFitsBesideItsLabelNeedsOneLine() {
        assertThat(this.terminal.fits("x".repeat(84))).isTrue();
        assertThat(this.terminal.fits("x".repeat(85))).isFalse();
        this.terminal.line("label", "x".repeat(84));

        assertThat(lines()).singleElement().asString().hasSize(100);
    }

    @Test
    void anObjectIsCutBehindItsMembersOnly() {
        assertThat(Transcript.members("{\"a\":\"x,\\\"y\",\"b\":[1,2],\"c\":{\"d\":1,\"e\":2}}"))
                .containsExactly("{\"a\":\"x,\\\"y\",", " \"b\":[1,2],", " \"c\":{\"d\":1,\"e\":2}}");
        assertThat(Transcript.members("\"plain, text\"")).containsExactly("\"plain, text\"");
    }

    private List<String> lines() {
        return this.printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}

package cloud.enact.receipt.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Notes are found in whatever is around them. */
@ExtendWith(OutputCaptureExtension.class)
class AnchorFileTests {

    private final Checkpoint checkpoint = SomeCheckpoints.of("orders", 7);

    private static List<String> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> read(InputStream text) throws IOException {
        List<String> notes = new ArrayList<>();
        AnchorFile.read(text, notes::add);
        return notes;
    }

    @Test
    void aNoteIsFoundInALogAmongOtherLines(CapturedOutput output) throws Exception {
        LogCheckpointSink sink = new LogCheckpointSink();
        sink.accept(this.checkpoint);
        sink.accept(SomeCheckpoints.of("orders", 9));

        assertThat(output.getOut().lines().filter(line -> line.contains(LogCheckpointSink.LOGGER)))
                .hasSize(2);
        assertThat(read("before\n\n  at some.Class\n" + output.getOut() + "\nafter"))
                .containsExactly(
                        this.checkpoint.note(), SomeCheckpoints.of("orders", 9).note());
    }

    @Test
    void aLineMayGoOnBehindTheNote() throws Exception {
        assertThat(read("{\"message\":\"Receipt log x: " + AnchorLine.of(this.checkpoint.note()) + "\",\"level\":1}"))
                .containsExactly(this.checkpoint.note());
    }

    @Test
    void aSecondSignatureBelongsToItsNote() throws Exception {
        String cosigned = this.checkpoint.note() + "— witness.example.org AAAA\n";

        assertThat(read(cosigned + "\n" + this.checkpoint.note())).containsExactly(cosigned, this.checkpoint.note());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "— nobody AAAA\n",
                "\n\n— nobody AAAA\n",
                "enact-checkpoint",
                "enact-checkpoint ",
                "enact-checkpoint not base64!",
                "enact-checkpoint AAA",
                "enact-checkpoint //8=",
                "enact/orders\n7\nAAAA\n",
                "enact/orders\n7\nAAAA\n\n",
                "\0\0\0\n\0\n"
            })
    void whatIsNoNoteIsPassedOver(String text) throws Exception {
        List<String> notes = read(text + "\n\n" + this.checkpoint.note());

        assertThat(notes).last().isEqualTo(this.checkpoint.note());
        assertThat(notes.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void hugeLinesAndEndlessNotesAreReadInLittleMemory() throws Exception {
        String note = "\n\n" + this.checkpoint.note();
        assertThat(read(new Repeated("x".getBytes(StandardCharsets.UTF_8), 200_000_000L, note)))
                .containsExactly(this.checkpoint.note());
        assertThat(read(new Repeated("text\n".getBytes(StandardCharsets.UTF_8), 20_000_000L, note)))
                .containsExactly(this.checkpoint.note());
    }

    /** So many bytes over and over, and then a text. */
    private static final class Repeated extends InputStream {

        private final byte[] part;

        private final long length;

        private final byte[] end;

        private long position;

        private Repeated(byte[] part, long length, String end) {
            this.part = part;
            this.length = length;
            this.end = end.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            long at = this.position++;
            if (at < this.length) {
                return this.part[(int) (at % this.part.length)];
            }
            return (at - this.length < this.end.length) ? this.end[(int) (at - this.length)] & 0xff : -1;
        }
    }
}

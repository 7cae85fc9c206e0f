package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogReaderTests {

    private final OutageStore store = new OutageStore();

    private final LogReader reader = new LogReader(this.store);

    private void append(int entries) {
        ReceiptLog log = Drafts.log(this.store);
        for (int i = 0; i < entries; i++) {
            log.append(Drafts.decided(Drafts.run()));
        }
    }

    private LogCursor readAll() {
        LogPage page = this.reader.read(LogCursor.start("test"), 1000);
        assertThat(page.continuous()).isTrue();
        return page.next();
    }

    @Test
    void aLogThatGrewIsContinuous() {
        append(3);
        LogCursor position = readAll();
        assertThat(this.reader.read(position, 10)).isEqualTo(new LogPage(List.of(), position, true));

        append(2);

        LogPage page = this.reader.read(position, 10);
        assertThat(page.entries()).extracting(Receipt::seq).containsExactly(4L, 5L);
        assertThat(page.continuous()).isTrue();
    }

    @Test
    void aLogThatWasCutIsNot() {
        append(3);
        LogCursor position = readAll();

        this.store.cut("test", 2);

        assertThat(this.reader.read(position, 10).entries()).isEmpty();
        assertThat(this.reader.read(position, 10).continuous()).isFalse();
    }

    @Test
    void aLogThatWasCutAndGrewAgainIsNot() {
        append(3);
        LogCursor position = readAll();

        this.store.cut("test", 2);
        append(1);
        assertThat(this.reader.read(position, 10).continuous()).isFalse();
        append(1);

        assertThat(this.reader.read(position, 10).entries()).hasSize(1);
        assertThat(this.reader.read(position, 10).continuous()).isFalse();
    }

    @Test
    void anAlteredEntryIsShownAndBreaksTheContinuity() {
        append(3);
        this.store.alter(2, bytes -> new byte[] {1});

        LogPage page = this.reader.read(LogCursor.start("test"), 10);

        assertThat(page.entries()).hasSize(3);
        assertThat(page.continuous()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "test",
                "test/1",
                "test/1/00",
                "test/-1/0000000000000000000000000000000000000000000000000000000000000000",
                "a b/1/0000000000000000000000000000000000000000000000000000000000000000",
                "test/x/0000000000000000000000000000000000000000000000000000000000000000",
                "test/1/000000000000000000000000000000000000000000000000000000000000000g",
                "test/0/0000000000000000000000000000000000000000000000000000000000000001"
            })
    void whatIsNoPositionIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LogCursor.parse(text));
    }
}

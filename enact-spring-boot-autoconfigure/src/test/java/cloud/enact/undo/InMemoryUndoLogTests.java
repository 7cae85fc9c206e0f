package cloud.enact.undo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.RunId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryUndoLogTests extends UndoLogContract {

    private final UndoLog log = UndoLog.inMemory();

    @Override
    protected UndoLog log() {
        return this.log;
    }

    @Test
    void aFullLogRefusesTheNextStep() {
        RunId run = run();
        for (int i = 0; i < 10_000; i++) {
            begin(run, "step", Map.of());
        }

        assertThatThrownBy(() -> begin(run, "one more", Map.of()))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("use the embedded store");
    }
}

package cloud.enact.faults;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts itself around the undo log, and halts the JVM before or after one of the writes to it: those are the boundaries
 * between the steps of an action, and between those of a rollback. For one thread.
 */
final class DyingUndoLog implements BeanPostProcessor {

    private final int boundary;

    private boolean armed;

    private int passed;

    /**
     * Creates one.
     *
     * @param boundary how many boundaries to let pass while armed
     */
    DyingUndoLog(int boundary) {
        this.boundary = boundary;
    }

    /** Begins, or ends, to count. */
    void arm(boolean armed) {
        this.armed = armed;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return (bean instanceof UndoLog log) ? new Undo(log) : bean;
    }

    private void at() {
        if (this.armed && this.passed++ == this.boundary) {
            Runtime.getRuntime().halt(FaultyBeans.HALTED);
        }
    }

    private final class Undo implements UndoLog {

        private final UndoLog log;

        private Undo(UndoLog log) {
            this.log = log;
        }

        @Override
        public UndoRecord begin(
                RunId runId,
                UUID actionId,
                String connector,
                String operation,
                Map<String, @Nullable Object> args,
                Reversibility reversibility,
                Capture capture) {
            at();
            UndoRecord record = this.log.begin(runId, actionId, connector, operation, args, reversibility, capture);
            at();
            return record;
        }

        @Override
        public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
            at();
            this.log.end(position, state, fingerprint);
        }

        @Override
        public List<UndoRecord> findByRun(RunId runId) {
            return this.log.findByRun(runId);
        }

        @Override
        public Optional<Claim> claim(RunId runId) {
            return this.log.claim(runId);
        }
    }
}

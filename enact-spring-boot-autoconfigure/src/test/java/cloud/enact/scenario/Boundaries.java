package cloud.enact.scenario;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts itself around the undo log, and lets something happen before or after its writes: those are the boundaries
 * between the steps of an action, and between those of a rollback. A step has three: before its intent is written,
 * before it changes anything, and after that.
 */
public final class Boundaries implements BeanPostProcessor {

    private final AtomicInteger passed = new AtomicInteger();

    private volatile IntConsumer happening = number -> {};

    /**
     * Lets something happen from now on.
     *
     * @param happening is told how many boundaries were passed since now
     */
    public void at(IntConsumer happening) {
        this.passed.set(0);
        this.happening = happening;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return (bean instanceof UndoLog log) ? new Watched(log) : bean;
    }

    private void pass() {
        this.happening.accept(this.passed.getAndIncrement());
    }

    private final class Watched implements UndoLog {

        private final UndoLog log;

        private Watched(UndoLog log) {
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
            pass();
            UndoRecord record = this.log.begin(runId, actionId, connector, operation, args, reversibility, capture);
            pass();
            return record;
        }

        @Override
        public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
            pass();
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

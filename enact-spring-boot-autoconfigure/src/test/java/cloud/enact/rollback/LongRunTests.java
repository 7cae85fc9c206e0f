package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepReversal;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run of many steps costs is counted, because time depends on the machine. */
class LongRunTests {

    private static final int STEPS = 2000;

    private final Office office = new Office();

    private final AtomicInteger writes = new AtomicInteger();

    private final AtomicInteger reads = new AtomicInteger();

    private final AtomicInteger prechecks = new AtomicInteger();

    private final AtomicInteger undone = new AtomicInteger();

    @Test
    void eachStepIsLookedAtOnceAndUndoneOnceAndNotedFourTimes() {
        RunId run = this.office.run();
        Office.ActionUnderWay action = this.office.action(run, "work");
        for (int i = 0; i < STEPS; i++) {
            action.put((i % 3 == 0) ? this.office.files : this.office.tickets, "key " + i, "value");
        }
        action.succeeds();
        RollbackService service = this.office.service(
                this.office.log,
                new CountingUndoLog(),
                List.of(new CountingSystem(this.office.files), new CountingSystem(this.office.tickets)));

        RollbackReport report = service.rollback(RollbackRequest.of(run, Office.ADMIN, null));

        assertThat(report.result()).isEqualTo(RollbackResult.ROLLED_BACK);
        assertThat(this.prechecks).hasValue(2);
        assertThat(this.undone).hasValue(STEPS);
        assertThat(this.writes).hasValue(4 * STEPS);
        // at the beginning and at the end
        assertThat(this.reads).hasValue(2);
    }

    private final class CountingSystem implements StepUndo {

        private final KeyValues system;

        private CountingSystem(KeyValues system) {
            this.system = system;
        }

        @Override
        public String connector() {
            return this.system.connector();
        }

        @Override
        public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
            LongRunTests.this.prechecks.incrementAndGet();
            return this.system.precheck(newestFirst);
        }

        @Override
        public StepRestoration undo(UndoRecord record, boolean force) {
            LongRunTests.this.undone.incrementAndGet();
            return this.system.undo(record, force);
        }

        @Override
        public @Nullable StepReversal reversal(UndoRecord record, BlobStore blobs) {
            return this.system.reversal(record, blobs);
        }
    }

    private final class CountingUndoLog implements UndoLog {

        private final UndoLog undoLog = LongRunTests.this.office.undoLog;

        @Override
        public UndoRecord begin(
                RunId runId,
                UUID actionId,
                String connector,
                String operation,
                Map<String, @Nullable Object> args,
                Reversibility reversibility,
                Capture capture) {
            LongRunTests.this.writes.incrementAndGet();
            return this.undoLog.begin(runId, actionId, connector, operation, args, reversibility, capture);
        }

        @Override
        public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
            LongRunTests.this.writes.incrementAndGet();
            this.undoLog.end(position, state, fingerprint);
        }

        @Override
        public List<UndoRecord> findByRun(RunId runId) {
            LongRunTests.this.reads.incrementAndGet();
            return this.undoLog.findByRun(runId);
        }

        @Override
        public Optional<Claim> claim(RunId runId) {
            return this.undoLog.claim(runId);
        }
    }
}

package cloud.enact.faults;

import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogState;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.io.FileOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts itself around the receipt log and the undo log: says what was acknowledged, and halts where it is told to. */
final class FaultyBeans implements BeanPostProcessor {

    /** Where to halt, in the order an action passes them. */
    static final List<String> POINTS = List.of(
            "before-decided",
            "after-decided",
            "before-intent",
            "after-intent",
            "after-apply",
            "after-end",
            "before-completed",
            "after-completed");

    static final String NOWHERE = "nowhere";

    static final int HALTED = 42;

    /** The first times at a point are let pass, so that there is something to lose. */
    private static final int PASSES = 5;

    private final FileOutputStream out;

    private final String haltAt;

    private final AtomicInteger passed = new AtomicInteger();

    FaultyBeans(FileOutputStream out, String haltAt) {
        this.out = out;
        this.haltAt = haltAt;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ReceiptLog log) {
            return new Receipts(log);
        }
        return (bean instanceof UndoLog log) ? new Undo(log) : bean;
    }

    private void at(String point) {
        if (point.equals(this.haltAt) && this.passed.incrementAndGet() > PASSES) {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    private final class Receipts implements ReceiptLog {

        private final ReceiptLog log;

        private Receipts(ReceiptLog log) {
            this.log = log;
        }

        @Override
        public Receipt append(ReceiptDraft draft) {
            String kind = draft.kind().name().toLowerCase(Locale.ROOT);
            at("before-" + kind);
            Receipt receipt = this.log.append(draft);
            Report.write(
                    FaultyBeans.this.out,
                    Report.RECEIPT,
                    receipt.log(),
                    Long.toString(receipt.seq()),
                    receipt.signature());
            at("after-" + kind);
            return receipt;
        }

        @Override
        public String id() {
            return this.log.id();
        }

        @Override
        public ReceiptLogState state() {
            return this.log.state();
        }

        @Override
        public void close() {
            this.log.close();
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
            at("before-intent");
            UndoRecord record = this.log.begin(runId, actionId, connector, operation, args, reversibility, capture);
            at("after-intent");
            return record;
        }

        @Override
        public void end(long position, UndoRecord.State state, @Nullable Fingerprint fingerprint) {
            at("after-apply");
            this.log.end(position, state, fingerprint);
            at("after-end");
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

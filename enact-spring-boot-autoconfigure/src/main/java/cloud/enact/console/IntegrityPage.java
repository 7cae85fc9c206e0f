package cloud.enact.console;

import cloud.enact.receipt.CheckpointState;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogState;
import cloud.enact.receipt.VerificationReport;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.VerificationStatus;
import cloud.enact.receipt.VerificationWatch;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.RecoveryService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the receipts are what was signed: logs, checkpoints, verification, and what is in doubt. Thread-safe. */
final class IntegrityPage {

    private static final int MOST_LOGS = 100;

    private static final int MOST_DOUBTS = 100;

    private final ConsoleSources sources;

    private final Frame frame;

    private final Shown shown = new Shown();

    IntegrityPage(ConsoleSources sources, Frame frame) {
        this.sources = sources;
        this.frame = frame;
    }

    Reply answer(PageRequest request) {
        request.requireOnly(Set.of());
        Map<String, @Nullable Object> model = this.frame.model(request, "Integrity");
        List<String> logs = this.sources.store().logs();
        model.put("logs", logs.stream().limit(MOST_LOGS).map(this::log).toList());
        model.put("logCount", logs.size());
        model.put("moreLogs", logs.size() > MOST_LOGS);
        putVerification(model);
        putWriting(model);
        putDoubts(model, request.base());
        return this.frame.render(200, "integrity", model);
    }

    private Map<String, @Nullable Object> log(String log) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        ReceiptLog own = this.sources.log();
        model.put("log", log);
        model.put("logShort", Shown.shortened(log));
        model.put("own", own != null && own.id().equals(log));
        Receipt head = this.sources.store().head(log).orElse(null);
        model.put("seq", (head != null) ? head.seq() : 0);
        this.shown.time(model, "time", (head != null && head.damage() == null) ? head.timestamp() : null);
        model.put("kid", (head != null) ? head.kid() : "");
        ReceiptRows.putSignature(
                model, (head != null) ? this.sources.verifier().verify(head) : VerificationState.MISSING);
        return model;
    }

    private void putVerification(Map<String, @Nullable Object> model) {
        VerificationWatch watch = this.sources.watch();
        VerificationStatus status = (watch != null) ? watch.status() : null;
        VerificationReport last = (status != null) ? status.last() : null;
        model.put("passes", (status != null) ? status.passes() : 0);
        model.put("verifying", last != null);
        model.put("valid", last != null && last.verification().valid());
        model.put("summary", (last != null) ? last.verification().summary() : "");
        model.put("exposure", (last != null) ? last.verification().exposure().summary() : "");
        this.shown.time(model, "ended", (last != null) ? last.ended() : null);
        this.shown.time(model, "full", (status != null) ? status.lastFull() : null);
        model.put("verificationError", (status != null) ? status.lastError() : null);
    }

    private void putWriting(Map<String, @Nullable Object> model) {
        ReceiptLog log = this.sources.log();
        ReceiptLogState state = (log != null) ? log.state() : ReceiptLogState.idle();
        model.put("healthy", state.healthy());
        model.put("lastError", state.lastError());
        CheckpointState checkpoints = state.checkpoints();
        model.put("checkpoints", checkpoints != null);
        model.put("checkpointSize", (checkpoints != null) ? checkpoints.size() : 0);
        model.put("checkpointEntries", (checkpoints != null) ? checkpoints.entries() : 0);
        model.put("checkpointKey", (checkpoints != null) ? checkpoints.key() : "");
        model.put("checkpointError", (checkpoints != null) ? checkpoints.lastError() : null);
        this.shown.time(model, "checkpoint", (checkpoints != null) ? checkpoints.timestamp() : null);
        List<Map<String, @Nullable Object>> anchors = new ArrayList<>();
        if (checkpoints != null) {
            checkpoints.anchors().forEach(anchor -> anchors.add(anchor(anchor)));
        }
        model.put("anchors", anchors);
    }

    private Map<String, @Nullable Object> anchor(CheckpointState.Anchor anchor) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("sink", anchor.sink());
        model.put("size", anchor.size());
        model.put("exposed", anchor.exposed());
        model.put("failures", anchor.failures());
        model.put("anchorError", anchor.lastError());
        this.shown.time(model, "time", anchor.timestamp());
        return model;
    }

    private void putDoubts(Map<String, @Nullable Object> model, String base) {
        List<Receipt> doubts = doubts();
        model.put("doubtCount", doubts.size());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Receipt decision : doubts.subList(0, Math.min(MOST_DOUBTS, doubts.size()))) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("action", Shown.line(decision.action(), 120));
            row.put("actor", Shown.line(decision.actor(), 120));
            row.put("href", base + "/runs/" + decision.runId());
            row.put("runId", decision.runId().toString());
            row.put("runShort", Shown.shortened(decision.runId().toString()));
            this.shown.time(row, "time", decision.timestamp());
            rows.add(row);
        }
        Shown.list(model, "doubts", rows);
    }

    /** Who runs no actions can't settle any, and may still say which have no outcome. */
    private List<Receipt> doubts() {
        RecoveryService recovery = this.sources.recovery();
        return (recovery != null)
                ? recovery.inDoubt().stream().map(InDoubtAction::decision).toList()
                : new InDoubtRuns(this.sources.store(), "").find(actionId -> false);
    }
}

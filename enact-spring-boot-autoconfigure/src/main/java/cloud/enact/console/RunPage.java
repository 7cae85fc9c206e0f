package cloud.enact.console;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.rollback.RollbackState;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run: what happened in it, in order, and what can be done about it. Thread-safe. */
final class RunPage {

    /** Entries of one page. */
    private static final int LIMIT = 50;

    private static final int MOST_PROBLEMS = 50;

    private final ConsoleSources sources;

    private final Frame frame;

    private final Timeline timeline;

    /** A run is read as a whole for that. */
    private final Turns verifications = new Turns(2);

    RunPage(ConsoleSources sources, Frame frame) {
        this.sources = sources;
        this.frame = frame;
        this.timeline = new Timeline(sources);
    }

    /** The entries, as signed, of a page. */
    Reply raw(PageRequest request) {
        List<Receipt> entries = entries(request.run(), cursor(request)).receipts();
        requireAny(entries);
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.write('[');
        for (Receipt entry : oldestFirst(entries)) {
            if (entry.damage() == null) {
                if (json.size() > 1) {
                    json.write(',');
                }
                json.writeBytes(entry.bytes());
            }
        }
        json.write(']');
        return Reply.json(json.toByteArray());
    }

    Reply answer(PageRequest request, boolean verify) {
        request.requireOnly(Set.of("cursor"));
        RunId run = request.run();
        ReceiptPage page = entries(run, cursor(request));
        requireAny(page.receipts());
        List<Receipt> entries = oldestFirst(page.receipts());
        Map<String, @Nullable Object> model = this.frame.model(request, "Run");
        String href = request.base() + "/runs/" + run;
        model.put("run", run.toString());
        model.put("href", href);
        model.put(
                "entries", this.timeline.entries(entries, run, request.visitor().mayChange()));
        model.put("earlier", (page.next() != null) ? href + "?cursor=" + ListQuery.write(page.next()) : null);
        putSummary(model, entries);
        model.put("verified", verify ? verification(request.visitor(), run) : null);
        model.put("rollback", this.sources.rollbacks() != null);
        RollbackState state = RollbackState.of(this.sources.store(), run);
        model.put("rollbackBadge", state.state().equals("NONE") ? null : Shown.badge(state.state()));
        putDoubt(model, run, request.visitor().mayChange());
        return this.frame.render(200, "run", model);
    }

    private static void requireAny(List<Receipt> entries) {
        if (entries.isEmpty()) {
            throw ConsoleException.notFound();
        }
    }

    private ReceiptPage entries(RunId run, @Nullable ReceiptCursor cursor) {
        return this.sources.store().query(ReceiptFilter.ofRun(run), cursor, LIMIT);
    }

    private static @Nullable ReceiptCursor cursor(PageRequest request) {
        String text = request.field("cursor");
        try {
            return (text != null) ? ListQuery.parse(text) : null;
        } catch (IllegalArgumentException ex) {
            throw ConsoleException.malformed(ex.getMessage() + ".");
        }
    }

    private static List<Receipt> oldestFirst(List<Receipt> newestFirst) {
        List<Receipt> entries = new ArrayList<>(newestFirst);
        Collections.reverse(entries);
        return entries;
    }

    private static void putSummary(Map<String, @Nullable Object> model, List<Receipt> entries) {
        Receipt first = entries.get(0);
        model.put("workflow", first.workflow());
        model.put("actor", first.actor());
        String strictest = null;
        for (Receipt entry : entries) {
            String decision = entry.decision();
            if (decision != null && (strictest == null || rank(decision) > rank(strictest))) {
                strictest = decision;
            }
        }
        model.put("decision", Shown.badge(strictest));
        model.put("count", entries.size());
        model.put("entryWord", (entries.size() == 1) ? "entry" : "entries");
        new Shown().time(model, "began", first.timestamp());
    }

    private static int rank(String decision) {
        return List.of("PASS", "ASK", "BLOCK").indexOf(decision);
    }

    /** In part, as a run is verified; of one that is too large the list says enough. */
    private Map<String, @Nullable Object> verification(Visitor visitor, RunId run) {
        Verification verification =
                this.verifications.take(visitor, () -> this.sources.verifier().verify(run));
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("valid", verification.valid());
        model.put("summary", verification.summary());
        model.put(
                "problems",
                verification.problems().stream()
                        .limit(MOST_PROBLEMS)
                        .map(RunPage::problem)
                        .toList());
        return model;
    }

    private static Map<String, @Nullable Object> problem(VerificationProblem problem) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("log", problem.log());
        model.put("seq", problem.seq());
        model.put("badge", Shown.badge(problem.state().name()));
        model.put("detail", problem.detail());
        return model;
    }

    private void putDoubt(Map<String, @Nullable Object> model, RunId run, boolean mayChange) {
        RecoveryService recovery = this.sources.recovery();
        List<InDoubtAction> doubts = (recovery != null && mayChange)
                ? recovery.inDoubt().stream()
                        .filter(action -> action.decision().runId().equals(run))
                        .toList()
                : List.of();
        model.put("inDoubt", !doubts.isEmpty());
        model.put(
                "doubts",
                doubts.stream()
                        .map(action -> Map.of(
                                "action", action.decision().action(),
                                "id", action.decision().actionId().toString(),
                                "detail", action.detail()))
                        .toList());
    }
}

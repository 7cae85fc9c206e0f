package cloud.enact.console;

import cloud.enact.action.RunId;
import cloud.enact.recovery.ReconcileReport;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.rollback.Selection;
import cloud.enact.rollback.UnknownRunException;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a rollback would do, the rollback itself, and settling what is in doubt. Thread-safe. */
final class RollbackPage {

    private static final int LONGEST_REASON = 2000;

    private static final String STEP = "step.";

    private final ConsoleSources sources;

    private final Set<String> roles;

    private final Frame frame;

    private final Shown shown = new Shown();

    /** A preview verifies whole logs, and asks systems for every step: not many at once. */
    private final Turns previews = new Turns(2);

    RollbackPage(ConsoleSources sources, Set<String> roles, Frame frame) {
        this.sources = sources;
        this.roles = roles;
        this.frame = frame;
    }

    Reply preview(PageRequest request) {
        request.requireOnly(Set.of());
        RollbackService rollbacks = rollbacks();
        RunId run = request.run();
        RollbackRequest wish = RollbackRequest.of(run, request.visitor().actor(this.roles), null);
        return page(request, this.previews.take(request.visitor(), () -> known(() -> rollbacks.preview(wish))), true);
    }

    Reply rollback(PageRequest request) {
        RollbackService rollbacks = rollbacks();
        RunId run = request.run();
        Set<Long> skipped = new TreeSet<>();
        Set<Long> forced = new TreeSet<>();
        readChoices(request, skipped, forced);
        RollbackRequest wish = RollbackRequest.of(
                        run, request.visitor().actor(this.roles), request.field("reason", LONGEST_REASON))
                .skipping(new Selection(skipped, Set.of()))
                .forcing(new Selection(forced, Set.of()));
        return page(request, known(() -> rollbacks.rollback(wish)), false);
    }

    private RollbackService rollbacks() {
        RollbackService rollbacks = this.sources.rollbacks();
        if (rollbacks == null) {
            throw ConsoleException.forbidden(
                    "Rolling back is not enabled. Set enact.rollback.enabled=true to allow it.");
        }
        return rollbacks;
    }

    private static <T> T known(Supplier<T> work) {
        try {
            return work.get();
        } catch (UnknownRunException ex) {
            throw ConsoleException.notFound();
        }
    }

    private static void readChoices(PageRequest request, Set<Long> skipped, Set<Long> forced) {
        for (String name : request.sent().keySet()) {
            if (name.startsWith(STEP)) {
                String choice = request.field(name);
                try {
                    Long position = Long.valueOf(name.substring(STEP.length()));
                    if ("skip".equals(choice)) {
                        skipped.add(position);
                    } else if ("force".equals(choice)) {
                        forced.add(position);
                    } else if (choice != null) {
                        throw ConsoleException.malformed("A step is to be skipped or forced, or neither.");
                    }
                } catch (NumberFormatException ex) {
                    throw ConsoleException.malformed("A step has a position, which is a number.");
                }
            }
        }
    }

    private Reply page(PageRequest request, RollbackReport report, boolean preview) {
        Map<String, @Nullable Object> model = this.frame.model(request, preview ? "Preview of a rollback" : "Rollback");
        model.put("run", report.runId().toString());
        model.put("runShort", Shown.shortened(report.runId().toString()));
        model.put("href", request.base() + "/runs/" + report.runId());
        model.put("preview", preview);
        model.put("badge", Shown.badge(report.result().name(), preview ? "WOULD BE " : ""));
        model.put("message", report.message());
        RunId own = report.rollbackRunId();
        model.put("rollbackHref", (own != null) ? request.base() + "/runs/" + own : null);
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        boolean conflicts = false;
        for (StepRestoration step : report.steps()) {
            steps.add(step(step));
            conflicts |= step.restoration() == Restoration.CONFLICT;
        }
        Shown.list(model, "steps", steps);
        model.put("conflicts", conflicts);
        boolean possible = report.result() != RollbackResult.NOTHING_TO_UNDO
                && (conflicts || report.result() != RollbackResult.REFUSED);
        model.put("possible", preview && possible && !report.repeated());
        return this.frame.render(
                (!preview && report.result() == RollbackResult.REFUSED) ? 409 : 200, "rollback", model);
    }

    private Map<String, @Nullable Object> step(StepRestoration step) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("position", step.position());
        model.put("action", Shown.line(step.action(), 300));
        model.put("badge", Shown.badge(step.restoration().name()));
        model.put("detail", step.detail());
        model.put("rows", (step.rows() != null) ? this.shown.json(step.rows().asMap()) : "");
        model.put("output", this.shown.json(step.output()));
        model.put("conflict", step.restoration() == Restoration.CONFLICT);
        return model;
    }

    /** Puts on record how what is in doubt is settled. */
    Reply reconcile(PageRequest request) {
        RecoveryService recovery = this.sources.recovery();
        if (recovery == null) {
            throw ConsoleException.notFound();
        }
        RunId run = request.run();
        String action = request.field("action");
        UUID id = (action != null) ? PageRequest.id(action) : null;
        ReconcileReport report;
        try {
            ReconcileRequest wish = ReconcileRequest.of(
                            run,
                            Resolution.parse(String.valueOf(request.field("outcome"))),
                            request.visitor().actor(this.roles),
                            request.field("reason", LONGEST_REASON))
                    .only(id);
            report = known(() -> recovery.reconcile(wish));
        } catch (IllegalArgumentException ex) {
            throw ConsoleException.malformed(ex.getMessage() + ".");
        }
        if (report.result() == ReconcileReport.Result.RECONCILED) {
            return Reply.redirect(request.base() + "/runs/" + run);
        }
        return this.frame.problem(
                request,
                (report.result() == ReconcileReport.Result.REFUSED) ? 409 : 200,
                report.result().name().replace('_', ' '),
                report.message());
    }
}

package cloud.enact.rollback;

import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback would come to, seen before anything is touched.
 *
 * @param history what is known of the run
 * @param plan what would be done
 * @param permission what whoever is asked said
 * @param objection why nothing may be undone, in sentences, but for conflicts; {@code null} when it may
 */
record Prospect(
        RunHistory history,
        Plan plan,
        RollbackGate.Permission permission,
        @Nullable String objection) {

    static Prospect of(RunHistory history, RollbackRequest request, Precheck precheck, RollbackGate gate) {
        new RequestCheck(request).requireKnown(history.newestFirst(), precheck);
        Plan plan = Plan.of(history, request, precheck);
        boolean redo = !history.root().equals(history.runId());
        RollbackGate asked = plan.todo().isEmpty() ? RollbackGate.OPEN : gate;
        RollbackGate.Permission permission = asked.ask(wish(request, redo, plan));
        String objection = permission.granted()
                ? Dependants.missing(plan.changing(), plan.leftOut(), precheck)
                : "It was not permitted. " + String.join(" ", permission.reasons());
        return new Prospect(history, plan, permission, objection);
    }

    private static RollbackGate.Wish wish(RollbackRequest request, boolean redo, Plan plan) {
        Set<String> systems = new TreeSet<>();
        plan.todo().forEach(record -> systems.add(system(record)));
        List<StepRestoration> lines = plan.all();
        return new RollbackGate.Wish(
                request.runId(),
                redo,
                request.actor(),
                request.reason(),
                systems,
                plan.todo().size(),
                (int) lines.stream()
                        .filter(line -> line.restoration() == Restoration.IRREVERSIBLE)
                        .count(),
                !request.only().isEmpty() || !request.skip().steps().isEmpty());
    }

    private static String system(UndoRecord record) {
        int dot = record.operation().lastIndexOf('.');
        boolean method = record.connector().equals(UndoRecord.METHOD);
        return (method && dot > 0) ? record.operation().substring(0, dot) : record.connector();
    }

    /** Whether the run was rolled back before, and nothing is left to do. */
    boolean repeated() {
        return !this.plan.remaining() && this.history.earlier().last() != null;
    }

    /** Whether nothing may be touched. */
    boolean refused() {
        return this.objection != null || this.plan.conflict();
    }

    /** The report of a rollback that has nothing left to do. */
    RollbackReport repetition() {
        Summary summary = new Summary(this.plan.all());
        RollbackResult result = summary.result(true);
        // rows that were left as they are stay so
        boolean partial = result == RollbackResult.ROLLED_BACK
                && RollbackResult.PARTIAL.name().equals(this.history.earlier().last());
        return new RollbackReport(
                this.history.runId(),
                this.history.earlier().newest(),
                partial ? RollbackResult.PARTIAL : result,
                this.plan.all(),
                true,
                summary.repeated(this.history.runId()) + this.history.damageNotes());
    }

    /** The report of a preview. */
    RollbackReport preview() {
        Summary summary = new Summary(this.plan.all());
        RollbackResult result = refused()
                ? RollbackResult.REFUSED
                : summary.result(!this.plan.todo().isEmpty());
        String message = (this.objection != null)
                ? "A rollback of run " + this.history.runId() + " would be refused: " + this.objection
                : summary.wouldBe(this.history.runId(), result);
        return new RollbackReport(this.history.runId(), result, this.plan.all(), message + notes());
    }

    /** The report of a rollback that touched nothing. */
    RollbackReport refusal() {
        Summary summary = new Summary(this.plan.all());
        String message = (this.objection != null)
                ? "Run " + this.history.runId() + " was not rolled back and nothing was touched: " + this.objection
                : summary.done(this.history.runId(), RollbackResult.REFUSED);
        return new RollbackReport(
                this.history.runId(), RollbackResult.REFUSED, this.plan.untouched(), message + notes());
    }

    /** Sentences about what somebody should know besides, each with a blank before it. */
    String notes() {
        boolean observed =
                this.permission.granted() && !this.permission.reasons().isEmpty();
        return (observed
                        ? " It would not have been permitted if policies were enforced. "
                                + String.join(" ", this.permission.reasons())
                        : "")
                + this.history.damageNotes();
    }
}

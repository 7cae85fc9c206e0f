package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.recovery.InDoubtAction;
import cloud.enact.recovery.ReconcileReport;
import cloud.enact.recovery.ReconcileRequest;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.recovery.Resolution;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code enact reconcile}: looks what became of a run in doubt, at files and at rows of a database it is told, and
 * settles it. What other systems did only their application can look at.
 */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = "Looks what became of a run in doubt and, with --outcome, settles it."
                + " Exit status 1 when something is still in doubt.")
final class ReconcileCommand implements Callable<Integer> {

    private final Console console;

    private final StoreOptions options;

    @Parameters(paramLabel = "RUN_ID", description = "The run.")
    private String run = "";

    @Option(
            names = "--outcome",
            paramLabel = "WORD",
            description = "One of completed, not_done, rolled_back, dismissed, or probe, which settles what looking"
                    + " is sure of (default: only look).")
    private @Nullable String outcome;

    @Option(names = "--reason", paramLabel = "TEXT", description = "How you know; goes to the receipt.")
    private @Nullable String reason;

    @Option(names = "--action-id", paramLabel = "ID", description = "Only this action (default: all in doubt).")
    private @Nullable String actionId;

    @Option(names = "--force", description = "Settles against what looking says.")
    private boolean force;

    @Option(
            names = "--undo-dir",
            paramLabel = "DIR",
            description = "Directory of captured content (default: 'undo' beside the store).")
    private @Nullable Path undoDirectory;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Mixin
    private final DatabaseOptions database;

    ReconcileCommand(Console console, StoreOptions options, DatabaseOptions database) {
        this.console = console;
        this.options = options;
        this.database = database;
    }

    @Override
    public Integer call() {
        RunId runId = RunId.parse(this.run);
        ReconcileRequest request = request(runId);
        try (SqliteReceiptStore readable = this.options.openToRead()) {
            // a typing error must not lease a log
            List<InDoubtAction> seen = with(readable, null, runId, service -> service.look(runId));
            if (request == null || seen.isEmpty()) {
                return seen(seen);
            }
        }
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.options.store());
                LogLease lease = store.lease(Operator.ids())) {
            return settled(with(store, lease, runId, service -> service.reconcile(request)));
        }
    }

    private @Nullable ReconcileRequest request(RunId runId) {
        String word = this.outcome;
        return (word == null)
                ? null
                : ReconcileRequest.of(runId, Resolution.parse(word), Operator.actor(), this.reason)
                        .only((this.actionId != null) ? UUID.fromString(this.actionId) : null)
                        .forced(this.force);
    }

    private <T> T with(
            SqliteReceiptStore store, @Nullable LogLease lease, RunId runId, Function<RecoveryService, T> work) {
        try (OpenedRun opened = OpenedRun.open(this.options, store, lease, runId, this.database, this.undoDirectory)) {
            return work.apply(RecoveryService.over(store, opened.log(), opened.verifier(), opened.undoLog())
                    .undos(opened.undos())
                    .build(Clock.systemUTC()));
        }
    }

    private int seen(List<InDoubtAction> seen) {
        if (this.json) {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("in_doubt", seen.size());
            body.put(
                    "actions",
                    seen.stream()
                            .map(action -> action.asMap(Clock.systemUTC().instant()))
                            .toList());
            this.console.json(body);
        } else {
            seen.forEach(action -> tell(action, null));
            this.console.line(
                    seen.isEmpty()
                            ? "Nothing of run " + this.run + " is in doubt."
                            : "Nothing was written; name an --outcome to settle it.");
        }
        return seen.isEmpty() ? EnactCli.FINE : EnactCli.PROBLEM;
    }

    private int settled(ReconcileReport report) {
        if (this.json) {
            this.console.json(report.asMap(Clock.systemUTC().instant()));
        } else {
            report.actions().forEach(line -> tell(line.action(), line.settled()));
            this.console.line(report.result() + ": " + report.message());
        }
        boolean fine = report.result() == ReconcileReport.Result.RECONCILED
                || report.result() == ReconcileReport.Result.NOTHING_IN_DOUBT;
        return fine ? EnactCli.FINE : EnactCli.PROBLEM;
    }

    private void tell(InDoubtAction action, @Nullable Resolution settled) {
        this.console.line(
                action.decision().actionId() + "  " + action.decision().action() + "  " + action.finding()
                        + ((settled != null) ? "  " + settled.word() : "") + "  " + action.detail());
        action.steps()
                .forEach(step -> this.console.line(
                        "  " + step.position() + "  " + step.action() + "  " + step.finding() + "  " + step.detail()));
    }
}

package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.RestoredRows;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/**
 * {@code enact rollback …}: undoes what filesystem connectors did, and changes of rows in a database it is told. Steps
 * of other systems need the application that knows how to reach them, and are reported as not undone.
 */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Previews and performs rollbacks of runs that worked on files and rows.",
        synopsisSubcommandLabel = "COMMAND")
final class RollbackCommand {

    private final Console console;

    private final StoreOptions options;

    @Option(
            scope = ScopeType.INHERIT,
            names = "--undo-dir",
            paramLabel = "DIR",
            description = "Directory of captured content (default: 'undo' beside the store).")
    private @Nullable Path undoDirectory;

    RollbackCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Command(
            name = "preview",
            mixinStandardHelpOptions = true,
            description = "Says what a rollback would do. Exit status 1 when it would not bring everything back.")
    int preview(
            @Parameters(paramLabel = "RUN_ID", description = "The run, or the session of a coding agent.") String run,
            @Mixin DatabaseOptions database,
            @Mixin StepOptions steps,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        RunId runId = meant(run);
        RollbackRequest request = steps.request(runId, null);
        return report(stored(database).preview(request), json);
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Undoes a run, newest step first. Exit status 1 when not everything is back.")
    int run(
            @Parameters(paramLabel = "RUN_ID", description = "The run, or the session of a coding agent.") String run,
            @Mixin DatabaseOptions database,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; goes to the receipt.")
                    String reason,
            @Mixin StepOptions steps,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        RunId runId = meant(run);
        RollbackRequest request = steps.request(runId, reason);
        return report(stored(database).rollback(request), json);
    }

    private RunId meant(String run) {
        try (SqliteReceiptStore store = this.options.openToRead()) {
            return RunArgument.find(run, store);
        }
    }

    private RollbackService stored(DatabaseOptions database) {
        return new StoredRuns(this.options, database, this.undoDirectory);
    }

    private void rows(RestoredRows rows) {
        rows.tables()
                .forEach((table, counts) -> this.console.line("     " + table + "  "
                        + counts.entrySet().stream()
                                .filter(count -> count.getValue() > 0)
                                .map(count -> count.getValue() + " " + count.getKey())
                                .collect(Collectors.joining(", "))));
        rows.conflicts()
                .forEach(conflict -> this.console.line("     " + conflict.row() + "  " + conflict.kind() + "  "
                        + conflict.key() + "  expected " + conflict.expected() + "  found " + conflict.found()));
        long more = rows.conflictCount() - rows.conflicts().size();
        if (more > 0) {
            this.console.line("     and " + more + " more rows in conflict");
        }
    }

    private int report(RollbackReport report, boolean json) {
        if (json) {
            this.console.json(report.asMap());
        } else {
            report.steps().forEach(step -> {
                this.console.line(((step.position() > 0) ? String.valueOf(step.position()) : "-") + "  " + step.action()
                        + "  " + step.restoration() + "  " + step.detail());
                if (step.rows() != null) {
                    rows(step.rows());
                }
            });
            this.console.line(report.result() + ": " + report.message());
            if (report.rollbackRunId() != null) {
                this.console.line(
                        "This rollback is run " + report.rollbackRunId() + ", and can be rolled back itself.");
            }
        }
        boolean fine =
                report.result() == RollbackResult.ROLLED_BACK || report.result() == RollbackResult.NOTHING_TO_UNDO;
        return fine ? EnactCli.FINE : EnactCli.PROBLEM;
    }
}

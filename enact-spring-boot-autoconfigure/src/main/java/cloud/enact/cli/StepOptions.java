package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which steps of a run are undone, and how. */
final class StepOptions {

    @Option(
            names = "--only",
            paramLabel = "N",
            description = "Positions of the steps to undo, with commas between them (default: all).")
    private @Nullable String only;

    @Option(
            names = "--skip",
            paramLabel = "N,TABLE",
            description = "Positions of steps, and tables and rows, to leave as they are.")
    private @Nullable String skip;

    @Option(
            names = "--force",
            paramLabel = "N,TABLE",
            description = "Positions of steps, and tables and rows, to restore even over later changes.")
    private @Nullable String force;

    /**
     * Makes a request of them.
     *
     * @throws IllegalArgumentException when one of them can't be read
     */
    RollbackRequest request(RunId runId, @Nullable String reason) {
        return RollbackRequest.of(runId, Operator.actor(), reason)
                .onlyListed(this.only)
                .skipping(Selection.parse(this.skip))
                .forcing(Selection.parse(this.force));
    }
}

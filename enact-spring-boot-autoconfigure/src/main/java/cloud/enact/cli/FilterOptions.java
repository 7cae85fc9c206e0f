package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which receipts are wanted. */
final class FilterOptions {

    @Option(names = "--run", paramLabel = "RUN_ID", description = "Of this run.")
    private @Nullable String run;

    @Option(names = "--kind", paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
    private @Nullable ReceiptKind kind;

    @Option(names = "--action", paramLabel = "NAME", description = "Of this action.")
    private @Nullable String action;

    @Option(names = "--actor", paramLabel = "ID", description = "Of this actor.")
    private @Nullable String actor;

    @Option(names = "--decision", paramLabel = "WORD", description = "With this decision, such as BLOCK.")
    private @Nullable String decision;

    @Option(names = "--since", paramLabel = "TIME", description = "Not before, such as 2026-11-20T12:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
    private @Nullable String until;

    ReceiptFilter filter() {
        return new ReceiptFilter(
                (this.run != null) ? RunId.parse(this.run) : null,
                this.kind,
                this.action,
                this.actor,
                this.decision,
                time("--since", this.since),
                time("--until", this.until));
    }

    private static @Nullable Instant time(String option, @Nullable String text) {
        try {
            return (text != null) ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeException ex) {
            throw new CommandException(option + " is a time such as 2026-11-20T12:00:00Z");
        }
    }
}

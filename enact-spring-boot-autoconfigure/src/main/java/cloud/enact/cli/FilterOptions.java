package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which receipts are wanted. */
final class FilterOptions {

    @Option(names = "--run", paramLabel = "RUN_ID", description = "Of this run.")
    private @Nullable String run;

    @Option(names = "--kind", paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
    private @Nullable ReceiptKind kind;

    @Option(names = "--action", paramLabel = "NAME", description = "Of this action, or of all such as billing.*.")
    private @Nullable String action;

    @Option(names = "--system", paramLabel = "NAME", description = "On this system, such as postgres.")
    private @Nullable String system;

    @Option(names = "--workflow", paramLabel = "NAME", description = "Of runs of this name.")
    private @Nullable String workflow;

    @Option(names = "--actor", paramLabel = "ID", description = "Of this actor.")
    private @Nullable String actor;

    @Option(names = "--decision", paramLabel = "WORD", description = "With this decision, such as BLOCK.")
    private @Nullable String decision;

    @Option(names = "--policy", paramLabel = "NAME", description = "To which this policy said ASK or BLOCK.")
    private @Nullable String policy;

    @Option(names = "--mode", paramLabel = "MODE", description = "Decided in this mode: enforce or observe.")
    private @Nullable String mode;

    @Option(names = "--since", paramLabel = "TIME", description = "Not before, such as 2026-11-20T12:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
    private @Nullable String until;

    ReceiptFilter filter() {
        return ReceiptFilter.builder()
                .run((this.run != null) ? RunId.parse(this.run) : null)
                .kind(this.kind)
                .actions(this.action)
                .system(this.system)
                .workflow(this.workflow)
                .actor(this.actor)
                .decision(this.decision)
                .policy(this.policy)
                .mode(mode(this.mode))
                .since(time("--since", this.since))
                .until(time("--until", this.until))
                .build();
    }

    private static @Nullable EnactMode mode(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "enforce" -> EnactMode.ENFORCE;
            case "observe" -> EnactMode.OBSERVE;
            default -> throw new CommandException("--mode is enforce or observe");
        };
    }

    private static @Nullable Instant time(String option, @Nullable String text) {
        try {
            return (text != null) ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeException ex) {
            throw new CommandException(option + " is a time such as 2026-11-20T12:00:00Z");
        }
    }
}

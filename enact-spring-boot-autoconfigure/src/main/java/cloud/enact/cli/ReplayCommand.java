package cloud.enact.cli;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.check.LocalFiles;
import cloud.enact.policy.check.PolicyToolbox;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ReplayReport;
import cloud.enact.replay.ReplayedCall;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what policy files would have said of recorded calls. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Says which recorded calls policy files would have stopped. What annotations add to policies, and"
                + " policies that are beans, only the application knows. Exit status 1 when a decision would change.")
final class ReplayCommand implements Callable<Integer> {

    private final Console console;

    private final StoreOptions store;

    private final Supplier<PolicyToolbox> toolbox;

    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> places = List.of();

    @Mixin
    private final ReplayOptions recorded = new ReplayOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    ReplayCommand(Console console, StoreOptions store, Supplier<PolicyToolbox> toolbox) {
        this.console = console;
        this.store = store;
        this.toolbox = toolbox;
    }

    @Override
    public Integer call() {
        int limit = this.recorded.limit();
        Instant now = Clock.systemUTC().instant();
        Instant from = this.recorded.since(now);
        PolicySet policies = this.toolbox.get().policies(LocalFiles.policies(this.places));
        ReplayReport report;
        try (SqliteReceiptStore opened = this.store.openToRead();
                CliKeys keys = CliKeys.toRead(this.store)) {
            report = new PolicyReplay(opened, keys.contents()).replay(policies, from, now.plusSeconds(1), limit);
        }
        if (this.json) {
            this.console.json(report.asMap());
        } else {
            print(report);
        }
        return report.changed() == 0 ? EnactCli.FINE : EnactCli.PROBLEM;
    }

    private void print(ReplayReport report) {
        this.console.line(report.calls() + " calls since " + report.since()
                + (report.complete() ? "" : ", and older ones that were not looked at"));
        this.console.line("recorded  " + counts(report.recorded()));
        this.console.line("proposed  " + counts(report.proposed()));
        this.console.line("new       " + report.newPasses() + " PASS, " + report.newAsks() + " ASK, "
                + report.newBlocks() + " BLOCK");
        report.policies().forEach((policy, calls) -> this.console.line("  " + calls + " stopped by " + policy));
        for (ReplayedCall call : report.changes()) {
            this.console.line(call.timestamp() + "  " + call.runId() + "  " + call.recorded() + " -> " + call.proposed()
                    + "  " + call.action() + "  " + call.actor());
            for (Verdict verdict : call.objections()) {
                this.console.line("  " + verdict.effect() + "  " + verdict.policy() + ": " + verdict.reason());
            }
        }
        if (report.changed() > report.changes().size()) {
            this.console.line("and " + (report.changed() - report.changes().size()) + " more");
        }
        if (report.masked() > 0) {
            this.console.line(report.masked() + " calls have masked or cut arguments, so policies saw less of them");
        }
        if (report.unreadable() > 0) {
            this.console.error(report.unreadable() + " receipts can't be read; verify the store");
        }
    }

    private static String counts(Map<Effect, Long> counts) {
        return counts.getOrDefault(Effect.PASS, 0L) + " PASS, " + counts.getOrDefault(Effect.ASK, 0L) + " ASK, "
                + counts.getOrDefault(Effect.BLOCK, 0L) + " BLOCK";
    }
}

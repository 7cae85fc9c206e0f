package cloud.enact.cli;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.check.LocalFiles;
import cloud.enact.policy.check.PolicyToolbox;
import cloud.enact.policy.file.PolicyPacks;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ReplayReport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code enact report observe}: what was done while nothing was forbidden, and what each pack would have said of it. */
@Command(
        name = "observe",
        mixinStandardHelpOptions = true,
        description = "Says what was called, how much of it was judged, and how many of the calls each pack, and each"
                + " draft that is named, would have blocked or put to a person. Only ever reads the store.")
final class ReportObserveCommand implements Callable<Integer> {

    private static final int PAGE = 200;

    private final Console console;

    private final StoreOptions store;

    private final UnaryOperator<@Nullable String> environment;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Policy files or folders: drafts.")
    private List<Path> drafts = List.of();

    @Mixin
    private final ReplayOptions recorded = new ReplayOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    ReportObserveCommand(Console console, StoreOptions store, UnaryOperator<@Nullable String> environment) {
        this.console = console;
        this.store = store;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        int limit = this.recorded.limit();
        Instant now = Clock.systemUTC().instant();
        Instant from = this.recorded.since(now);
        Instant until = now.plusSeconds(1);
        Map<String, ReplayReport> reports = new LinkedHashMap<>();
        long ungoverned;
        try (SqliteReceiptStore opened = this.store.openToRead();
                CliKeys keys = CliKeys.toRead(this.store)) {
            Map<String, PolicySet> candidates = candidates();
            Iterator<ReplayReport> told = new PolicyReplay(opened, keys.contents())
                    .replay(List.copyOf(candidates.values()), from, until, limit)
                    .iterator();
            candidates.keySet().forEach(name -> reports.put(name, told.next()));
            ungoverned = ungoverned(opened, from, until);
        }
        if (this.json) {
            this.console.json(asMap(reports, ungoverned));
        } else {
            print(reports, ungoverned);
        }
        return EnactCli.FINE;
    }

    /** What could be switched on: each pack, and the drafts together. */
    private Map<String, PolicySet> candidates() {
        PolicyToolbox toolbox = PolicyToolbox.standard(List.of(), this.environment::apply);
        Map<String, PolicySet> candidates = new LinkedHashMap<>();
        for (String pack : PolicyPacks.names()) {
            String name = "pack " + pack;
            candidates.put(
                    name, toolbox.policies(List.of(new PolicyFile(name, "policies:\n  - pack: " + pack + "\n"))));
        }
        if (!this.drafts.isEmpty()) {
            candidates.put("drafts", toolbox.policies(LocalFiles.policies(this.drafts)));
        }
        return candidates;
    }

    /** Calls that are known to have run without being judged. */
    private static long ungoverned(ReceiptStore store, Instant since, Instant until) {
        ReceiptFilter filter = ReceiptFilter.builder()
                .kind(ReceiptKind.GAP)
                .since(since)
                .until(until)
                .build();
        return StreamSupport.stream(store.all(filter, PAGE).spliterator(), false)
                .count();
    }

    private Map<String, @Nullable Object> asMap(Map<String, ReplayReport> reports, long ungoverned) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ReplayReport any = any(reports);
        map.put("governed", any.calls());
        map.put("ungoverned", ungoverned);
        map.put("complete", any.complete());
        Map<String, @Nullable Object> candidates = new LinkedHashMap<>();
        reports.forEach((name, report) -> candidates.put(name, report.asMap()));
        map.put("candidates", candidates);
        return map;
    }

    private void print(Map<String, ReplayReport> reports, long ungoverned) {
        ReplayReport any = any(reports);
        if (any.complete()) {
            this.console.line(any.calls() + " of " + (any.calls() + ungoverned) + " calls since " + any.since()
                    + " were governed, " + ungoverned + " ran ungoverned");
        } else {
            this.console.line("The newest " + any.calls() + " governed calls since " + any.since()
                    + "; older ones were not looked at, see --limit. " + ungoverned + " calls ran ungoverned");
        }
        any.actions().forEach((action, figures) -> this.console.line("  " + figures.calls() + "  " + action));
        reports.forEach((name, report) -> {
            this.console.line(name + " would have blocked " + count(report, Effect.BLOCK) + " and asked about "
                    + count(report, Effect.ASK));
            report.policies().forEach((policy, calls) -> this.console.line("  " + calls + " stopped by " + policy));
        });
        if (any.masked() > 0) {
            this.console.line(any.masked() + " calls have masked or cut arguments, so policies saw less of them");
        }
        if (any.unreadable() > 0) {
            this.console.error(any.unreadable() + " receipts can't be read; verify the store");
        }
    }

    private static long count(ReplayReport report, Effect effect) {
        return report.proposed().getOrDefault(effect, 0L);
    }

    /** All looked at the same calls. */
    private static ReplayReport any(Map<String, ReplayReport> reports) {
        return reports.values().iterator().next();
    }
}

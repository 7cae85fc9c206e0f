package cloud.enact.cli;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.RunView;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.search.TextProjection;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.receipt.sqlite.SqliteWordIndex;
import cloud.enact.rollback.RollbackState;
import cloud.enact.rollback.UnknownRunException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code enact receipts list}, {@code show} and {@code reindex}: only ever reads the store. */
@Command(
        name = "receipts",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, verifies and exports receipts.",
        synopsisSubcommandLabel = "COMMAND")
final class ReceiptsCommand {

    private final Console console;

    private final StoreOptions options;

    ReceiptsCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists receipts, newest first.")
    int list(
            @Mixin FilterOptions filter,
            @Option(
                            names = "--text",
                            paramLabel = "WORDS",
                            description = "With all these words in the arguments; needs an index, see 'reindex'.")
                    @Nullable
                    String text,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        if (limit < 1 || limit > ReceiptStore.MAX_LIMIT) {
            throw new CommandException("--limit is a number from 1 to " + ReceiptStore.MAX_LIMIT);
        }
        try (SqliteReceiptStore store = this.options.openToRead();
                WordSearch search = (text != null) ? WordSearch.open(store, text) : null) {
            List<Receipt> found = new ArrayList<>();
            @Nullable ReceiptCursor after = null;
            do {
                int missing = limit - found.size();
                ReceiptPage page = (search != null)
                        ? search.find(filter.filter(), after, missing)
                        : store.query(filter.filter(), after, missing);
                found.addAll(page.receipts());
                after = page.next();
            } while (after != null && found.size() < limit);
            if (search != null && search.behind() > 0) {
                this.console.error("The index of words misses the newest " + search.behind() + " receipts");
            }
            if (json) {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                map.put("receipts", found.stream().map(RunView::entry).toList());
                this.console.json(map);
            } else {
                found.forEach(receipt -> this.console.line(row(receipt)));
                if (after != null) {
                    this.console.line("There may be more; narrow the search or raise --limit.");
                }
            }
        }
        return EnactCli.FINE;
    }

    @Command(
            name = "reindex",
            mixinStandardHelpOptions = true,
            description = "Makes the index of words anew from the receipts, for 'list --text'.")
    int reindex() {
        try (SqliteReceiptStore store = this.options.openToRead();
                SqliteWordIndex index = SqliteWordIndex.open(SqliteWordIndex.beside(store.file()))) {
            long read = new TextProjection(store, index).rebuild();
            this.console.line(read + " receipts are indexed by their words");
            return EnactCli.FINE;
        }
    }

    private static String row(Receipt receipt) {
        return receipt.timestamp() + "  " + receipt.runId() + "  " + receipt.kind() + "  "
                + ((receipt.decision() != null) ? receipt.decision() : "-") + "  " + receipt.action() + "  "
                + receipt.actor()
                + ((receipt.damage() != null)
                        ? "  DAMAGED: " + receipt.log() + "/" + receipt.seq() + " " + receipt.damage()
                        : "");
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a run with its receipts. Exit status 1 when they don't verify.")
    int show(
            @Parameters(paramLabel = "RUN_ID", description = "The run.") String run,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        RunId runId = RunId.parse(run);
        try (SqliteReceiptStore store = this.options.openToRead();
                CliKeys keys = CliKeys.toRead(this.options)) {
            List<Receipt> receipts = store.findByRun(runId);
            if (receipts.isEmpty()) {
                throw new UnknownRunException(runId);
            }
            Verification verification = new ReceiptVerifier(store, this.options.verificationKeys()).verify(runId);
            RunView view = RunView.of(receipts, verification, keys.contents());
            RollbackState rollback = RollbackState.of(store, runId);
            if (json) {
                Map<String, @Nullable Object> map = view.asMap();
                map.put("rollback", rollback.asMap());
                this.console.json(map);
            } else {
                show(view, receipts, rollback);
            }
            return verification.valid() ? EnactCli.FINE : EnactCli.PROBLEM;
        }
    }

    private void show(RunView view, List<Receipt> receipts, RollbackState rollback) {
        this.console.line("run       " + view.runId());
        if (view.workflow() != null) {
            this.console.line("workflow  " + view.workflow());
        }
        this.console.line("actor     " + view.userEmail());
        this.console.line("decision  " + ((view.decision() != null) ? view.decision() : "-"));
        for (Object result : view.policyResults()) {
            if (result instanceof Map<?, ?> verdict) {
                this.console.line("          " + verdict.get("effect") + "  " + verdict.get("policy") + "  "
                        + verdict.get("reason"));
            }
        }
        this.console.line("rollback  " + rollback.state());
        this.console.line("receipts");
        receipts.forEach(receipt -> {
            this.console.line("  " + row(receipt));
            KeysCommand.change(receipt).ifPresent(change -> this.console.line("  " + change));
        });
        view.contents().stream()
                .filter(content -> !"decrypted".equals(content.get("state")))
                .forEach(content -> this.console.line("  what " + content.get("log") + "/" + content.get("seq")
                        + " says is " + content.get("state")
                        + ((content.get("problem") != null) ? ": " + content.get("problem") : "")));
        if (!view.actionsTaken().isEmpty()) {
            this.console.line("steps");
        }
        for (Object taken : view.actionsTaken()) {
            if (taken instanceof Map<?, ?> step) {
                this.console.line("  " + (step.get("position") != null ? step.get("position") : "-") + "  "
                        + step.get("action") + "  " + step.get("reversibility") + "  "
                        + (Boolean.TRUE.equals(step.get("success")) ? "done" : "failed"));
            }
        }
        this.console.verification(view.verification());
    }
}

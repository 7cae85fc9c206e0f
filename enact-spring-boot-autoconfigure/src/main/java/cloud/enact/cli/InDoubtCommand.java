package cloud.enact.cli;

import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code enact receipts in-doubt}: lists actions whose outcome was lost. */
@Command(
        name = "in-doubt",
        mixinStandardHelpOptions = true,
        description = "Lists actions whose outcome was lost, oldest first; what a living application may be running is"
                + " left out. Exit status 1 when there are any.")
final class InDoubtCommand implements Callable<Integer> {

    private final Console console;

    private final StoreOptions options;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    InDoubtCommand(Console console, StoreOptions options) {
        this.console = console;
        this.options = options;
    }

    @Override
    public Integer call() {
        try (SqliteReceiptStore store = this.options.openToRead()) {
            // this process writes no log
            List<Receipt> doubts = new InDoubtRuns(store, "").find(actionId -> false);
            if (this.json) {
                Map<String, @Nullable Object> body = new LinkedHashMap<>();
                body.put("in_doubt", doubts.size());
                List<Map<String, @Nullable Object>> actions = new ArrayList<>();
                doubts.forEach(doubt -> actions.add(entry(doubt)));
                body.put("actions", actions);
                this.console.json(body);
            } else {
                doubts.forEach(doubt -> this.console.line(doubt.timestamp() + "  " + doubt.runId() + "  "
                        + doubt.actionId() + "  " + doubt.action() + "  " + doubt.actor() + "  " + age(doubt)));
                this.console.line(doubts.isEmpty() ? "Nothing is in doubt." : hint(doubts.size()));
            }
            return doubts.isEmpty() ? EnactCli.FINE : EnactCli.PROBLEM;
        }
    }

    private static Map<String, @Nullable Object> entry(Receipt doubt) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("run_id", doubt.runId().toString());
        entry.put("action_id", doubt.actionId().toString());
        entry.put("action", doubt.action());
        entry.put("actor", doubt.actor());
        entry.put("since", doubt.timestamp().toString());
        entry.put("age_seconds", ageOf(doubt).toSeconds());
        return entry;
    }

    private static Duration ageOf(Receipt doubt) {
        Duration age = Duration.between(doubt.timestamp(), Clock.systemUTC().instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static String age(Receipt doubt) {
        Duration age = ageOf(doubt);
        return (age.toHours() > 0) ? age.toHours() + " h" : age.toSeconds() + " s";
    }

    private static String hint(int doubts) {
        return doubts + ((doubts == 1) ? " action is" : " actions are")
                + " in doubt. 'enact reconcile RUN_ID --outcome probe' looks what became of a run and settles what is"
                + " certain; 'enact rollback run RUN_ID' undoes it.";
    }
}

package cloud.enact.sample;

import cloud.enact.action.RunId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells how to look around while the application stays up. */
@Component
final class Exploration {

    private static final String ROLLBACK =
            "{\"operation\":\"rollback\",\"actor\":\"you@shop.example\",\"reason\":\"trying it out\"}";

    private static final String QUESTION = "{\"action\":\"project.write_file\",\"args\":{\"path\":\".git/config\"}}";

    private final Environment environment;

    private final Workspace workspace;

    Exploration(Environment environment, Workspace workspace) {
        this.environment = environment;
        this.workspace = workspace;
    }

    /**
     * Prints lines that can be pasted into another terminal.
     *
     * @param run a run that can be rolled back, or {@code null}
     * @param refused a run whose rollback is refused, or {@code null}
     */
    void invite(Terminal terminal, @Nullable RunId run, @Nullable RunId refused) {
        String port = this.environment.getProperty("local.server.port");
        if (port == null) {
            return;
        }
        String receipts = "http://127.0.0.1:" + port + "/actuator/receipts";
        terminal.plain("The application stays up. The agent works in " + this.workspace.root() + ".");
        terminal.plain("In another terminal, list what was recorded:");
        terminal.plain("  curl -s " + receipts);
        if (this.environment.getProperty("enact.api.enabled", Boolean.class, false)) {
            terminal.plain("Ask what would be decided:");
            terminal.plain("  curl -s -H 'Content-Type: application/json' -d '" + QUESTION + "' http://127.0.0.1:"
                    + port + "/enact/api/decisions");
        }
        if (run != null) {
            terminal.plain("Show one run, with its verification:");
            terminal.plain("  curl -s " + receipts + "/" + run);
            terminal.plain(
                    "Roll it back (pull request and branch go), and once more to see that nothing happens twice:");
            terminal.plain(rollback(receipts, run));
        }
        if (refused != null) {
            terminal.plain("Roll back what a person changed since, and be told which row stands in the way:");
            terminal.plain(rollback(receipts, refused));
        }
        terminal.plain("Stop it with Ctrl-C.");
    }

    private static String rollback(String receipts, RunId run) {
        return "  curl -s -X POST -H 'Content-Type: application/json' -d '" + ROLLBACK + "' " + receipts + "/" + run;
    }
}

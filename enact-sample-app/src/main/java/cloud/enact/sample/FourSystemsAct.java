package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The agent gets a discount wrong everywhere, and one rollback takes it back everywhere. */
@Component
@Order(4)
final class FourSystemsAct implements Act {

    private final Workspace workspace;

    private final JdbcTemplate jdbc;

    private final ShopOnGitHub github;

    private final ShopChannel slack;

    FourSystemsAct(Workspace workspace, JdbcTemplate jdbc, ShopOnGitHub github, ShopChannel slack) {
        this.workspace = workspace;
        this.jdbc = jdbc;
        this.github = github;
        this.slack = slack;
    }

    @Override
    public String title() {
        return "Four systems, one rollback";
    }

    @Override
    public String prompt() {
        return "Give 9 percent off all open orders, and tell everybody.";
    }

    @Override
    public List<Turn> script() {
        // a digit too many
        String offer = "90 percent off\n";
        return List.of(
                Turn.call("write_file", Map.of("path", Workspace.CAMPAIGN + "/plan.md", "content", offer)),
                Turn.call("discount_open_orders", Map.of("percent", 90)),
                Turn.call(
                        "agent_pr_workflow",
                        Map.of(
                                "repo",
                                this.github.repository(),
                                "branch",
                                this.github.branch("offer"),
                                "title",
                                "Offer",
                                "body",
                                "As asked.",
                                "base",
                                "main",
                                "files",
                                Map.of("offer.md", offer))),
                Turn.call("open_issue", Map.of("title", "Print posters", "body", offer)),
                Turn.call("post_slack_message", Map.of("channel", this.slack.id(), "text", offer)),
                Turn.say("Done, everybody knows."));
    }

    @Override
    public RunId play(Stage stage) throws IOException {
        Terminal terminal = stage.terminal();
        terminal.line("where", this.github.place() + ", " + this.slack.place());
        Everything before = everything();
        terminal.lines("before", before.describe());

        RunId run = stage.ask("give a discount", prompt());
        Everything changed = everything();
        terminal.lines("changed", changed.describe());
        stage.showSignatures(run);

        RollbackReport report = stage.rollback(run);
        Everything after = everything();
        terminal.lines("rolled back", after.describe());
        Stage.expect(
                !changed.files().equals(before.files())
                        && !changed.rows().equals(before.rows())
                        && !changed.github().equals(before.github())
                        && !changed.slack().equals(before.slack()),
                "the agent did not change all four systems");
        Stage.expect(
                report.result() == RollbackResult.ROLLED_BACK,
                "the rollback ended as " + report.result() + ": " + report.message());
        Stage.expect(after.equals(before), "not everything is what it was: " + after + " instead of " + before);
        return run;
    }

    private Everything everything() throws IOException {
        return new Everything(
                TreeDigest.of(this.workspace.campaign()),
                DatabaseDigest.of(this.jdbc),
                this.github.state(),
                this.slack.state());
    }

    /** All four systems at one time. */
    private record Everything(
            TreeDigest files, DatabaseDigest rows, ShopOnGitHub.State github, ShopChannel.State slack) {

        List<String> describe() {
            return List.of(
                    "files   " + this.files.describe(),
                    "rows    " + this.rows.describe(),
                    "GitHub  " + this.github.describe(),
                    "Slack   " + this.slack.describe());
        }
    }
}

package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The same change goes to a branch on GitHub, and a pull request asks for a review. */
@Component
@Order(2)
final class PullRequestAct implements Act {

    private final ShopOnGitHub github;

    PullRequestAct(ShopOnGitHub github) {
        this.github = github;
    }

    @Override
    public String title() {
        return "The same change on a branch, with a pull request";
    }

    @Override
    public String prompt() {
        return "Put it on a branch for review, then.";
    }

    @Override
    public List<Turn> script() {
        return List.of(
                Turn.call(
                        "agent_pr_workflow",
                        Map.of(
                                "repo",
                                this.github.repository(),
                                "branch",
                                this.github.branch("opening-hours"),
                                "title",
                                "Tell customers when we are open",
                                "body",
                                "As asked for.",
                                "base",
                                "main",
                                "files",
                                Map.of("opening-hours.md", "Monday to Friday, 9 to 18\n"))),
                Turn.say("The commit is on a branch, and a pull request asks for your review."));
    }

    @Override
    public RunId play(Stage stage) throws IOException {
        ShopOnGitHub.State before = this.github.state();
        stage.terminal().line("where", this.github.place());

        RunId run = stage.ask("publish for review", prompt());

        stage.showReceipts(run);
        ShopOnGitHub.State after = this.github.state();
        stage.terminal().line("before", before.describe());
        stage.terminal().line("after", after.describe());
        Stage.expect(
                after.branches().containsKey(this.github.branch("opening-hours")),
                "the agent's branch is not in the repository");
        Stage.expect(
                after.pullRequests() == before.pullRequests() + 1, "the agent's pull request is not in the repository");
        Stage.expect(
                Objects.equals(after.branches().get("main"), before.branches().get("main")), "main moved on GitHub");
        Stage.expect(
                stage.receipts(run).stream()
                        .anyMatch(receipt -> receipt.kind() == ReceiptKind.COMPLETED
                                && receipt.action().equals("agent_pr_workflow")),
                "there is no receipt of the agent's call");
        return run;
    }
}

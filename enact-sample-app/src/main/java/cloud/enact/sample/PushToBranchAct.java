package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The same commit goes to a feature branch. */
@Component
@Order(2)
final class PushToBranchAct implements Act {

    private static final String BRANCH = "agent/opening-hours";

    private final ShopRepository repository;

    PushToBranchAct(Workspace workspace) {
        this.repository = workspace.repository();
    }

    @Override
    public String title() {
        return "The same commit on a feature branch";
    }

    @Override
    public String prompt() {
        return "Put it on a branch for review, then.";
    }

    @Override
    public List<Turn> script() {
        return List.of(
                Turn.call("git_push", Map.of("branch", BRANCH)),
                Turn.say("The commit is on " + BRANCH + ", ready for review."));
    }

    @Override
    public RunId play(Stage stage) throws IOException {
        String commit = this.repository.head();
        String before = this.repository.originHead(BRANCH);

        RunId run = stage.ask("publish for review", prompt());

        stage.showReceipts(run);
        String after = this.repository.originHead(BRANCH);
        stage.terminal().line("origin branch", shorten(before) + " before, " + shorten(after) + " after");
        Stage.expect(after.equals(commit), "commit " + commit + " is not on branch " + BRANCH + " of the origin");
        Stage.expect(
                stage.receipts(run).stream()
                        .anyMatch(receipt -> receipt.kind() == ReceiptKind.COMPLETED
                                && receipt.action().equals("git.push")),
                "there is no receipt of the agent's call");
        return run;
    }

    private static String shorten(String commit) {
        return (commit.length() > 12) ? commit.substring(0, 12) : commit;
    }
}

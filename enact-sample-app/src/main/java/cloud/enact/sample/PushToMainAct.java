package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The agent tries to push to main and is stopped. */
@Component
@Order(1)
final class PushToMainAct implements Act {

    private final ShopRepository repository;

    PushToMainAct(Workspace workspace) {
        this.repository = workspace.repository();
    }

    @Override
    public String title() {
        return "The agent tries to push to main";
    }

    @Override
    public String prompt() {
        return "Publish our opening hours, straight to main.";
    }

    @Override
    public List<Turn> script() {
        return List.of(
                Turn.call("write_file", Map.of("path", "opening-hours.md", "content", "Monday to Friday, 9 to 18\n")),
                Turn.call("git_commit", Map.of("message", "Tell customers when we are open")),
                Turn.call("git_push", Map.of("branch", "main")),
                Turn.say("I may not push to main. The commit is ready; may I put it on a branch for review?"));
    }

    @Override
    public RunId play(Stage stage) throws IOException {
        String before = this.repository.originHead("main");

        RunId run = stage.ask("publish to main", prompt());

        stage.showReceipts(run);
        String after = this.repository.originHead("main");
        stage.terminal().line("origin/main", before.substring(0, 12) + " before, " + after.substring(0, 12) + " after");
        Stage.expect(after.equals(before), "origin/main moved from " + before + " to " + after);
        Stage.expect(
                !this.repository.head().equals(before), "the agent's commit is missing, so there was nothing to push");
        List<Receipt> receipts = stage.receipts(run);
        Stage.expect(
                receipts.stream()
                        .anyMatch(receipt -> receipt.kind() == ReceiptKind.DECIDED
                                && receipt.action().equals("git.push")
                                && "BLOCK".equals(receipt.decision())),
                "there is no receipt of a blocked push");
        return run;
    }
}

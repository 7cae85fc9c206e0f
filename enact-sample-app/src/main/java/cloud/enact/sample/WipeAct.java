package cloud.enact.sample;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The agent wipes a folder, and a rollback brings every byte back. */
@Component
@Order(3)
final class WipeAct implements Act {

    private final Workspace workspace;

    WipeAct(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public String title() {
        return "The agent wipes a folder, and a rollback brings it back";
    }

    @Override
    public String prompt() {
        return "The disk is nearly full. Make some room.";
    }

    @Override
    public List<Turn> script() {
        return List.of(
                Turn.call("delete_folder", Map.of("path", Workspace.CAMPAIGN)),
                Turn.say("Done, the folder '" + Workspace.CAMPAIGN + "' is gone."));
    }

    @Override
    public RunId play(Stage stage) throws IOException {
        Terminal terminal = stage.terminal();
        TreeDigest before = TreeDigest.of(this.workspace.campaign());
        Stage.expect(before.isThere(), "there is no folder to wipe");
        terminal.line("before", before.describe());

        RunId run = stage.ask("make room", prompt());
        TreeDigest wiped = TreeDigest.of(this.workspace.campaign());
        terminal.line("wiped", wiped.describe());
        stage.showReceipts(run);

        RollbackReport report = stage.rollback(run);
        TreeDigest after = TreeDigest.of(this.workspace.campaign());
        terminal.line("rolled back", after.describe());
        Stage.expect(!wiped.isThere(), "the agent's call did not wipe the folder");
        Stage.expect(
                report.result() == RollbackResult.ROLLED_BACK,
                "the rollback ended as " + report.result() + ": " + report.message());
        Stage.expect(after.equals(before), "the folder is not what it was: " + after + " instead of " + before);
        Stage.expect(stage.enact().rollback(run).repeated(), "a second rollback did not say that it is one");
        Stage.expect(
                stage.receipts(run).stream()
                        .anyMatch(receipt -> receipt.kind() == ReceiptKind.COMPLETED
                                && receipt.action().equals("project.delete_folder")),
                "there is no receipt of the agent's call");
        return run;
    }
}

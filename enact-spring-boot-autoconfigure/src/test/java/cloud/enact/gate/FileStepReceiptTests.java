package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.action.Actor;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receipt keeps of file steps. */
class FileStepReceiptTests {

    @TempDir
    Path directory;

    @Test
    void contentThatWasReadIsGivenToTheCallerAndNotRecorded() throws IOException {
        Path root = Files.createDirectory(this.directory.resolve("root"));
        Files.writeString(root.resolve("diary.txt"), "nobody's business");
        GateHarness.application(this.directory)
                .withPropertyValues("enact.filesystem.root=" + root, "enact.filesystem.operations=read_file")
                .run(context -> {
                    ActionResult result = GateHarness.enact(context)
                            .run("filesystem.read_file", Actor.of("reader"), Map.of("path", "diary.txt"));

                    assertThat(result.passed()).isTrue();
                    assertThat(String.valueOf(result.outcome())).contains("nobody's business");
                    Receipt completed = GateHarness.receipts(context, "filesystem.read_file", ReceiptKind.COMPLETED)
                            .get(0);
                    assertThat(new String(completed.bytes(), StandardCharsets.UTF_8))
                            .contains("filesystem.read_file", "\"success\":true")
                            .doesNotContain("nobody's business");
                });
    }
}

package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.ReceiptLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The example of {@code docs/checkpoints.md} works as it stands. */
class CheckpointsPageTests {

    private static final String PAGE = "checkpoints.md";

    private static final String IMPORTS = """
            import cloud.enact.receipt.*;
            import java.util.List;
            import java.util.concurrent.CopyOnWriteArrayList;
            import org.springframework.stereotype.Component;
            """;

    @TempDir
    Path directory;

    @Test
    @SuppressWarnings("unchecked")
    void theSinkOfThePageGetsWhatTheConfigurationOfThePageSigns() throws Exception {
        Files.writeString(
                this.directory.resolve("BoardMinutes.java"),
                IMPORTS + Snippets.of(PAGE, "java").get(0));
        Class<?> type = PageCode.compile(this.directory, "BoardMinutes");
        AtomicReference<Object> sink = new AtomicReference<>();
        AtomicReference<CheckpointKeys> keys = new AtomicReference<>();
        AtomicReference<String> log = new AtomicReference<>();

        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ToolCallingAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withInitializer(Snippets.configuring(Snippets.of(PAGE, "yaml").get(0)))
                .withPropertyValues(
                        "ENACT_SECRET=a-secret-for-tests-that-is-long-enough",
                        "enact.undo.directory=" + this.directory.resolve("undo"),
                        "enact.receipts.file=" + this.directory.resolve("enact.db"))
                .withBean("minutes", type)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    sink.set(context.getBean(type));
                    keys.set(context.getBean(CheckpointKeys.class));
                    log.set(context.getBean(ReceiptLog.class).id());
                });

        List<String> minutes = (List<String>) type.getMethod("minutes").invoke(sink.get());
        Checkpoint checkpoint = keys.get().open(minutes.get(minutes.size() - 1));
        assertThat(checkpoint.log()).isEqualTo(log.get());
        assertThat(checkpoint.note()).startsWith("example.com/billing/" + log.get() + "\n" + checkpoint.size() + "\n");
    }

    @Test
    void theCheckpointOfThePageHasTheLinesThatItTellsOf() throws Exception {
        String note = Snippets.of(PAGE, "text").get(0);

        Checkpoint read = Checkpoint.stored("01948f2e-6c1a-7d6b-9a51-3f1f0e6f7a10", 4711, note);

        assertThat(read.timestamp()).hasToString("2026-11-20T12:00:00.123456Z");
    }
}

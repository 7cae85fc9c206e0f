package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.CheckpointSink;
import cloud.enact.receipt.VerificationState;
import cloud.enact.receipt.VerificationWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What {@code docs/anchors.md} says, with its own configuration. */
class AnchorsPageTests {

    private static final String PAGE = "anchors.md";

    @TempDir
    private Path folder;

    private ApplicationContextRunner application(int snippet) throws IOException {
        String yaml = Snippets.of(PAGE, "yaml")
                .get(snippet)
                .replace("/mnt/audit", this.folder.toString())
                .replace("/var/lib/enact", this.folder.toString());
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withInitializer(Snippets.configuring(yaml))
                .withPropertyValues(
                        "AUDIT_WEBHOOK_SECRET=a secret of the webhook, long enough",
                        "AUDIT_PASSWORD=word",
                        "AUDIT_GIT_TOKEN=token",
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        // nothing is sent: the hosts are examples
                        "enact.receipts.checkpoints.interval=1h",
                        "enact.receipts.store=memory");
    }

    @Test
    void thePlacesOfTheExampleAreMade() throws IOException {
        application(0)
                .run(context -> assertThat(
                                context.getBeansOfType(CheckpointSink.class).values())
                        .extracting(CheckpointSink::name)
                        .containsExactlyInAnyOrder("file", "webhook", "postgres", "git"));
    }

    @Test
    void theApplicationVerifiesAsTheExampleSays() throws IOException {
        application(1).run(context -> {
            context.getBean(VerificationWatch.class).pass();

            assertThat(context.getBean(VerificationWatch.class).status().problem())
                    .isNull();
        });
    }

    @Test
    void thePageNamesEveryStateThatAnchorsLeadTo() throws IOException {
        assertThat(DocsFolder.read(PAGE))
                .contains(List.of(
                                VerificationState.CUT,
                                VerificationState.OTHER_HISTORY,
                                VerificationState.FORGED_CHECKPOINT,
                                VerificationState.SPLIT_VIEW)
                        .stream()
                        .map(state -> "`" + state + "`")
                        .toList());
    }

    @Test
    void theTableOfTheDatabaseIsNamedAsItIs() throws IOException {
        String script = new String(
                getClass()
                        .getResourceAsStream("/cloud/enact/receipt/anchor/postgres/checkpoint-anchor.sql")
                        .readAllBytes(),
                StandardCharsets.UTF_8);

        assertThat(script).contains("CREATE TABLE IF NOT EXISTS enact_checkpoint_anchor");
        assertThat(Pattern.compile("SELECT note FROM (\\w+)")
                        .matcher(DocsFolder.read(PAGE))
                        .results()
                        .map(found -> found.group(1)))
                .containsExactly("enact_checkpoint_anchor");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}

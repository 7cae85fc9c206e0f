package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.action.RunId;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactGitHubAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.connector.github.GitHubConnector;
import cloud.enact.doubles.github.GitHubDouble;
import cloud.enact.doubles.github.HostedRepository;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The example of {@code docs/github-connector.md} works as it stands; only the endpoint is another one. */
class GitHubConnectorPageTests {

    private static final String PAGE = "github-connector.md";

    private static final String IMPORTS = """
            import cloud.enact.*;
            import cloud.enact.connector.github.GitHubConnector;
            import java.util.Map;
            import org.springframework.ai.tool.annotation.Tool;
            import org.springframework.beans.factory.annotation.Qualifier;
            import org.springframework.stereotype.Component;
            """;

    @TempDir
    Path directory;

    @Test
    void theToolOfThePageProposesAndIsTakenBack() throws Exception {
        Class<?> type = compile(Snippets.of(PAGE, "java").get(0));
        try (GitHubDouble github = GitHubDouble.start(this.directory.resolve("github"))) {
            HostedRepository shop = github.create("acme", "shop");
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(
                            ToolCallingAutoConfiguration.class,
                            EnactAutoConfiguration.class,
                            EnactPolicyAutoConfiguration.class,
                            EnactReceiptAutoConfiguration.class,
                            EnactGitHubAutoConfiguration.class,
                            EnactRollbackAutoConfiguration.class))
                    .withInitializer(
                            Snippets.configuring(Snippets.of(PAGE, "yaml").get(0)))
                    .withPropertyValues(
                            "ENACT_SECRET=a-secret-for-tests-that-is-long-enough",
                            "GITHUB_TOKEN=" + github.token(),
                            "enact.github.connectors.work.endpoint=" + github.endpoint(),
                            "enact.receipts.store=memory",
                            "enact.undo.directory=" + this.directory.resolve("undo"))
                    .withInitializer(context -> context.setClassLoader(type.getClassLoader()))
                    .withBean("fixes", type)
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Enact enact = context.getBean(Enact.class);

                        String answer = enact.gate(context.getBean(type))[0].call("{\"text\":\"We sell tea.\"}");

                        assertThat(answer).contains("acme/shop/pull/1");
                        assertThat(shop.file("agent/readme", "README.md")).contains("We sell tea.");
                        ReceiptStore receipts = context.getBean(ReceiptStore.class);
                        RunId run = receipts.read(receipts.logs().get(0), 0, 1000).stream()
                                .map(Receipt::runId)
                                .filter(Objects::nonNull)
                                .reduce((first, last) -> last)
                                .orElseThrow();
                        assertThat(enact.rollback(run).result()).isEqualTo(RollbackResult.ROLLED_BACK);
                        assertThat(shop.head("agent/readme")).isEmpty();
                        assertThat(shop.state().tickets().get(1).state()).isEqualTo("closed");
                        assertThat(context.getBean(GitHubConnector.class).name())
                                .isEqualTo("github.work");
                    });
        }
    }

    private Class<?> compile(String source) throws IOException, ClassNotFoundException {
        Files.writeString(this.directory.resolve("Fixes.java"), IMPORTS + source);
        return PageCode.compile(this.directory, "Fixes");
    }
}

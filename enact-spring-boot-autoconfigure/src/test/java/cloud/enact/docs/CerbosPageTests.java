package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the page about Cerbos-format files shows works. */
class CerbosPageTests {

    @Test
    void thePolicyOfThePageBlocksUnderTheSettingsOfThePage(@TempDir Path folder) throws IOException {
        List<String> blocks = Snippets.of("cerbos.md", "yaml");
        assertThat(blocks).hasSize(2);
        Path file = Files.writeString(folder.resolve("billing.yaml"), blocks.get(0));

        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "ENACT_SECRET=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + folder.resolve("undo"),
                        "enact.policy-files=" + file)
                .withInitializer(Snippets.configuring(blocks.get(1)))
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);
                    Actor support = Actor.of("ann@example.com", "support");

                    Decision blocked = enact.run("billing.refund", support, Map.of("amount", 501))
                            .decision();

                    assertThat(blocked.effect()).isEqualTo(Effect.BLOCK);
                    assertThat(blocked.verdicts().get(0).reason()).startsWith("Refunds of 501 need a person.");
                    assertThat(enact.run("billing.refund", support, Map.of("amount", 500))
                                    .passed())
                            .isTrue();
                });
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Billing billing() {
            return new Billing();
        }
    }

    static class Billing {

        @EnactAction("billing.refund")
        public void refund(int amount) {}
    }
}

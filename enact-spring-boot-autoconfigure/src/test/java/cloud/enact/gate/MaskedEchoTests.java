package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A secret argument that is repeated elsewhere in the receipts of its call. */
class MaskedEchoTests {

    private static final String SECRET = "correct-horse";

    @TempDir
    Path directory;

    @Test
    void exceptionThatQuotesASecretArgumentIsMasked() {
        application().run(context -> {
            assertThatThrownBy(() -> context.getBean(Vault.class).unlock("ann", SECRET))
                    .hasMessageContaining(SECRET);

            assertThat(GateHarness.outcome(context, "vault.unlock"))
                    .containsEntry("error", "IllegalStateException: ann may not use ***");
            assertNothingShown(context, "vault.unlock");
        });
    }

    @Test
    void reasonOfAPolicyThatQuotesASecretArgumentIsMasked() {
        application().withBean(ActionPolicy.class, Chatty::new).run(context -> {
            assertThatThrownBy(() -> context.getBean(Vault.class).unlock("ann", SECRET))
                    .isInstanceOf(ActionBlockedException.class);

            Receipt decided = GateHarness.receipts(context, "vault.unlock").get(0);
            assertThat((List<?>) decided.fields().get("policy_results"))
                    .asString()
                    .contains("Not with ***, please.");
            assertNothingShown(context, "vault.unlock");
        });
    }

    @Test
    void otherArgumentsThatRepeatASecretAreMasked() {
        application().run(context -> {
            GateHarness.enact(context)
                    .run(
                            "vault.run",
                            Actor.of("ann@example.com"),
                            Map.of(
                                    "command",
                                    "login -p" + SECRET + " && echo done",
                                    "headers",
                                    List.of(Map.of("name", "X-Api-Key", "value", SECRET)),
                                    "argv",
                                    List.of("login", "--password", SECRET, "--verbose")));

            assertThat(GateHarness.receipts(context, "vault.run", ReceiptKind.DECIDED)
                            .get(0)
                            .fields())
                    .extracting("payload")
                    .isEqualTo(Map.of(
                            "command",
                            "login -p*** && echo done",
                            "headers",
                            List.of(Map.of("name", "X-Api-Key", "value", "***")),
                            "argv",
                            List.of("login", "--password", "***", "--verbose")));
            assertNothingShown(context, "vault.run");
        });
    }

    @Test
    void outputOfAStepThatRepeatsASecretArgumentIsMasked() {
        application().run(context -> {
            context.getBean(Vault.class).rotate(SECRET);

            Receipt completed = GateHarness.receipts(context, "vault.rotate", ReceiptKind.COMPLETED)
                    .get(0);
            assertThat(completed.fields().get("actions_taken")).asString().contains("was ***");
            assertNothingShown(context, "vault.rotate");
        });
    }

    @Test
    void whoeverChoosesTheArgumentsCanNotHideWhoAskedForWhat() {
        application().run(context -> {
            GateHarness.enact(context)
                    .run(
                            "vault.run",
                            new Actor(
                                    "ann@example.com",
                                    Set.of("admins"),
                                    Map.of("team", "payments"),
                                    null,
                                    null,
                                    "caller"),
                            Map.of(
                                    "command",
                                    "ls",
                                    "headers",
                                    List.of(
                                            Map.of("name", "password", "value", "ann@example.com"),
                                            Map.of("name", "password", "value", "payments"),
                                            Map.of("name", "password", "value", "vault.run")),
                                    "argv",
                                    List.of()));

            Receipt decided = GateHarness.receipts(context, "vault.run", ReceiptKind.DECIDED)
                    .get(0);
            assertThat(decided.actor()).isEqualTo("ann@example.com");
            assertThat(decided.fields().get("actor")).asString().contains("payments", "admins");
        });
    }

    private static void assertNothingShown(ApplicationContext context, String action) {
        assertThat(GateHarness.receipts(context, action))
                .isNotEmpty()
                .allSatisfy(receipt -> assertThat(new String(receipt.bytes(), StandardCharsets.UTF_8))
                        .doesNotContain(SECRET));
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Vaults.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Vaults {

        @Bean
        Vault vault(StepExecutor steps) {
            return new Vault(steps);
        }
    }

    static class Vault {

        private final StepExecutor steps;

        Vault(StepExecutor steps) {
            this.steps = steps;
        }

        @EnactAction("vault.unlock")
        public void unlock(String user, String password) {
            throw new IllegalStateException(user + " may not use " + password);
        }

        @EnactAction("vault.run")
        public void run(String command, List<Map<String, String>> headers, List<String> argv) {
            // what it would do is of no interest
        }

        @EnactAction("vault.rotate")
        public void rotate(String apiKey) {
            this.steps.perform(new Rotation(apiKey));
        }
    }

    private record Rotation(String key) implements StepOperation {

        @Override
        public String connector() {
            return "vault";
        }

        @Override
        public String operation() {
            return "rotate_key";
        }

        @Override
        public Map<String, @Nullable Object> args() {
            return Map.of();
        }

        @Override
        public Map<String, @Nullable Object> undoArgs() {
            return Map.of();
        }

        @Override
        public Reversibility reversibility() {
            return Reversibility.IRREVERSIBLE;
        }

        @Override
        public @Nullable Capture capture(BlobStore blobs) {
            return null;
        }

        @Override
        public StepResult apply(@Nullable Capture capture) {
            return new StepResult(Map.of("note", "was " + this.key), null, null);
        }
    }

    private static final class Chatty implements ActionPolicy {

        @Override
        public String name() {
            return "chatty";
        }

        @Override
        public Verdict judge(ActionRequest request) {
            return request.action().startsWith("vault.")
                    ? Verdict.block("chatty", "Not with " + request.args().get("password") + ", please.")
                    : Verdict.abstain("chatty");
        }
    }
}

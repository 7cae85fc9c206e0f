package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.Actor;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetReplaced;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Policies in files beside the application: read at start-up, and again when they change. */
@ExtendWith(OutputCaptureExtension.class)
class PolicyFileTests {

    private static final String DELETIONS = "policies: [{policy: filesystem.dont-delete-file}]";

    private static final String REFUNDS =
            "policies: [{name: refunds, on: billing.refund, block: 'args.amount > 500', reason: Too much.}]";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writePolicies() throws IOException {
        this.file = write("shop.yaml", DELETIONS);
        write("shop_test.yaml", "this is no policy file: it tests one");
        write("notes.txt", "neither is this");
    }

    @Test
    void policiesOfFilesHoldBesideThoseOfTheConfiguration() throws IOException {
        write("refunds.yml", REFUNDS);

        application("enact.policies[0].policy=db.protect-tables", "enact.policies[0].with.tables=users")
                .run(context -> {
                    assertThat(refused(context, "files.delete_file", Map.of("path", "a")))
                            .isTrue();
                    assertThat(refused(context, "billing.refund", Map.of("amount", 501)))
                            .isTrue();
                    assertThat(refused(context, "billing.refund", Map.of("amount", 500)))
                            .isFalse();
                    assertThat(refused(context, "postgres.delete_row", Map.of("table", "users")))
                            .isTrue();
                });
    }

    @Test
    void aPackIsNamedInTheConfiguration() {
        application(
                        "enact.policies[0].pack=slack-etiquette",
                        "enact.policies[0].without[0]=slack.block-dms",
                        "enact.policies[0].with.chanels=x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(
                                "enact.policies[0]: the pack 'slack-etiquette' has no parameter 'chanels'"));
    }

    @Test
    void whatIsWrongInAFileStopsTheApplicationWithFileLineAndTheNearestName() throws IOException {
        write("shop.yaml", "policies:\n  - policy: db.protect-tables\n    with:\n      tabels: [users]\n");

        application().run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = new PolicyConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .startsWith(this.file + ", line 4: ")
                    .contains("has no parameter 'tabels'");
            assertThat(analysis.getAction()).contains("'tables'");
        });
    }

    @Test
    void aPlaceWithoutPoliciesStopsTheApplication() {
        for (String place :
                new String[] {"file:/does/not/exist.yaml", "classpath:none/*.yaml", "https://example.org/p.yaml"}) {
            new ApplicationContextRunner()
                    .withUserConfiguration(Application.class)
                    .withPropertyValues(
                            "enact.policy-files=" + place,
                            "enact.signing.secret=a-secret-for-tests-that-is-long-enough")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOf(PolicyConfigurationException.class)
                            .hasMessageContaining("enact.policy-files"));
        }
    }

    @Test
    void aChangeHoldsWhenItWasSeenTwiceAndWhatAnnotationsSayStays(CapturedOutput output) {
        application().run(context -> {
            PolicyFileWatch watch = context.getBean(PolicyFileWatch.class);
            String before = context.getBean(PolicySet.class).policySet();
            write("shop.yaml", REFUNDS);

            watch.look();
            assertThat(refused(context, "billing.refund", Map.of("amount", 501)))
                    .isFalse();

            watch.look();
            assertThat(refused(context, "billing.refund", Map.of("amount", 501)))
                    .isTrue();
            assertThat(refused(context, "files.delete_file", Map.of("path", "a")))
                    .isFalse();
            assertThat(refused(context, "lamp.on", Map.of())).isTrue();
            String after = context.getBean(PolicySet.class).policySet();
            assertThat(after).isNotEqualTo(before);
            assertThat(output).contains("policy set " + before + " is replaced by " + after);
            assertThat(context.getBean(ReceiptStore.class)
                            .query(ReceiptFilter.ofKind(ReceiptKind.CONFIG), null, 10)
                            .receipts())
                    .hasSize(2);
        });
    }

    @Test
    void aBrokenFileChangesNothingAndIsToldOnceUntilItIsMended(CapturedOutput output) {
        application().run(context -> {
            PolicyFileWatch watch = context.getBean(PolicyFileWatch.class);
            PolicySet policies = context.getBean(PolicySet.class);
            String before = policies.policySet();
            write("shop.yaml", "policies:\n- policy: filesystem.dont-delete-fiel\n");

            watch.look();
            watch.look();
            watch.look();

            assertThat(policies.policySet()).isEqualTo(before);
            assertThat(refused(context, "files.delete_file", Map.of("path", "a")))
                    .isTrue();
            assertThat(policies.problem()).startsWith("Policy file " + this.file + ", line 2: ");
            assertThat(output.toString().split("there is no policy 'filesystem.dont-delete-fiel'", -1))
                    .hasSize(2);

            write("shop.yaml", DELETIONS);
            watch.look();
            watch.look();

            assertThat(policies.problem()).isNull();
            assertThat(policies.policySet()).isEqualTo(before);
        });
    }

    @Test
    void aFileThatIsGoneChangesNothingEither() {
        application().run(context -> {
            PolicyFileWatch watch = context.getBean(PolicyFileWatch.class);
            Files.delete(this.file);

            watch.look();
            assertThat(context.getBean(PolicySet.class).problem()).isNull();
            watch.look();

            assertThat(context.getBean(PolicySet.class).problem()).contains("there is no policy file");
            assertThat(refused(context, "files.delete_file", Map.of("path", "a")))
                    .isTrue();
        });
    }

    @Test
    void aLinkToNothingTakesNoPolicyAway() throws IOException {
        Path refunds = write("refunds.yaml", REFUNDS);
        application().run(context -> {
            PolicyFileWatch watch = context.getBean(PolicyFileWatch.class);
            Files.delete(refunds);
            Files.createSymbolicLink(refunds, this.folder.resolve("nowhere"));

            watch.look();
            watch.look();

            assertThat(context.getBean(PolicySet.class).problem()).contains("refunds.yaml", "can't be read");
            assertThat(refused(context, "billing.refund", Map.of("amount", 501)))
                    .isTrue();
        });
        application().run(context -> assertThat(context).hasFailed());
    }

    @Test
    void aChangeThatTakesPoliciesAwayOrHardlyMeansWhatItSaysIsTold(CapturedOutput output) throws IOException {
        Path refunds = write("refunds.yaml", REFUNDS);
        application().run(context -> {
            PolicyFileWatch watch = context.getBean(PolicyFileWatch.class);
            Files.delete(refunds);
            write("shop.yaml", DELETIONS.replace("}]", ", on: files.delte_file}]"));

            watch.look();
            watch.look();

            assertThat(output).contains("The policies of " + refunds + " hold no longer");
            assertThat(output).contains("No action matches 'files.delte_file'");
        });
    }

    @Test
    void whatIsHardlyMeantIsToldWhenTheApplicationStarts(CapturedOutput output) throws IOException {
        write("shop.yaml", """
                policies:
                  - { name: never, block: 'false' }
                  - policy: db.protect-tables
                    with: { tables: [users] }
                    on: psotgres.*
                """);

        application("spring.profiles.active=production", "enact.mode=observe")
                .run(context -> assertThat(output)
                        .contains(this.file + ", line 2: The expression of 'never' is never true")
                        .contains(this.file + ", line 5: No action matches 'psotgres.*'")
                        .contains("enact.mode is observe, in production")
                        .doesNotContain("No policy has anything to say"));
    }

    @Test
    void actionsThatNoPolicyCoversAreNamedOnce(CapturedOutput output) {
        application()
                .run(context -> assertThat(output)
                        .contains("No policy has anything to say about billing.refund, postgres.delete_row: "));
    }

    @Test
    void filesAreLookedAtAgainByThemselves() {
        CountDownLatch replaced = new CountDownLatch(1);
        application("enact.policy-reload=1ms")
                .withBean(Listener.class, () -> new Listener(replaced))
                .run(context -> {
                    write("shop.yaml", REFUNDS);

                    assertThat(replaced.await(1, TimeUnit.MINUTES)).isTrue();
                    assertThat(refused(context, "billing.refund", Map.of("amount", 501)))
                            .isTrue();
                });
    }

    private ApplicationContextRunner application(String... settings) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "ENACT_SECRET=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.folder.resolve("undo"),
                        "enact.policy-files=" + this.folder + "/",
                        "enact.policy-reload=0")
                .withPropertyValues(settings);
    }

    private static boolean refused(ApplicationContext context, String action, Map<String, Object> args) {
        return !context.getBean(Enact.class).run(action, Actor.of("a"), args).passed();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(this.folder.resolve(name), text);
    }

    private record Listener(CountDownLatch replaced)
            implements ApplicationListener<PayloadApplicationEvent<PolicySetReplaced>> {

        @Override
        public void onApplicationEvent(PayloadApplicationEvent<PolicySetReplaced> event) {
            this.replaced.countDown();
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Lamp lamp() {
            return new Lamp();
        }
    }

    static class Lamp {

        @EnactAction("lamp.on")
        @Policy(block = "true", reason = "It stays dark.")
        public void on() {}

        @EnactAction("billing.refund")
        public void refund(int amount) {}

        @EnactAction("files.delete_file")
        public void delete(String path) {}

        @EnactAction("postgres.delete_row")
        public void deleteRow(String table) {}
    }
}

package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** Cerbos-format files among the policy files of an application. */
class CerbosFileTests {

    private static final String POLICY = """
            apiVersion: api.cerbos.dev/v1
            resourcePolicy:
              resource: billing
              version: default
              importDerivedRoles: [people]
              rules:
                - name: cap
                  actions: [refund]
                  roles: [clerk]
                  effect: EFFECT_DENY
                  condition:
                    match:
                      expr: R.attr.amount > G.cap
                  output:
                    when:
                      ruleActivated: '"At most " + string(G.cap)'
                - {actions: [refund], derivedRoles: [chief], effect: EFFECT_ALLOW}
            """;

    private static final String PEOPLE = """
            apiVersion: api.cerbos.dev/v1
            derivedRoles:
              name: people
              definitions:
                - {name: chief, parentRoles: [boss], condition: {match: {expr: P.id.endsWith("@example.com")}}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writePolicies() throws IOException {
        write("billing.yaml", POLICY);
        write("people.yaml", PEOPLE);
        write("others.yaml", "policies: [{policy: filesystem.dont-delete-file}]");
    }

    @Test
    void filesOfBothFormatsDecideTogether() {
        capped().run(context -> {
            ActionResult refused = refund(context, Actor.of("ann@example.com", "clerk"), 501);

            assertThat(refused.passed()).isFalse();
            assertThat(refused.toString()).contains("At most 500");
            assertThat(refund(context, Actor.of("ann@example.com", "clerk"), 500)
                            .passed())
                    .isTrue();
            assertThat(context.getBean(Enact.class)
                            .run("files.delete_file", Actor.of("a"), Map.of("path", "x"))
                            .passed())
                    .isFalse();
        });
    }

    @Test
    void settingsSayHowRolesGoTogetherAndWhatHoldsWithoutAnyRule() {
        Actor both = Actor.of("ann@example.com", "boss", "clerk");

        capped().run(context -> assertThat(refund(context, both, 501).passed()).isTrue());
        capped("enact.cerbos.role-combining=deny-overrides")
                .run(context -> assertThat(refund(context, both, 501).passed()).isFalse());
        capped("enact.cerbos.no-match=block")
                .run(context -> assertThat(
                                refund(context, Actor.of("a", "guest"), 1).passed())
                        .isFalse());
    }

    @Test
    void whatCanNotBeEvaluatedIsBlockedUnlessTheOriginalSemanticsAreWanted() {
        Actor clerk = Actor.of("ann@example.com", "clerk");

        application()
                .run(context -> assertThat(refund(context, clerk, 1).passed()).isFalse());
        application("enact.cerbos.strict=false")
                .run(context -> assertThat(refund(context, clerk, 1).passed()).isTrue());
    }

    @Test
    void aMistakeStopsTheApplicationWithFileAndLine() throws IOException {
        Path file = write("billing.yaml", POLICY.replace("effect: EFFECT_DENY", "efect: EFFECT_DENY"));

        application().run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = new PolicyConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .startsWith(file + ", line 10: ")
                    .contains("'efect'");
            assertThat(analysis.getAction()).contains("'effect'");
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

    /** YAML gives numbers, where properties give texts. */
    private ApplicationContextRunner capped(String... settings) {
        return application(settings)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("yaml", Map.of("enact.cerbos.globals.cap", 500))));
    }

    private static ActionResult refund(ApplicationContext context, Actor actor, int amount) {
        return context.getBean(Enact.class).run("billing.refund", actor, Map.of("amount", amount));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(this.folder.resolve(name), text);
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

        @EnactAction("files.delete_file")
        public void delete(String path) {}
    }
}

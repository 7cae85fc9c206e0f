package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;

/** What must not start does not start, and says what to do. */
@ExtendWith(OutputCaptureExtension.class)
class StartupTests {

    @TempDir
    Path directory;

    @Test
    void missingSecretIsExplained(CapturedOutput output) {
        refused(Quiet.class, "enact.signing.secret=");

        assertThat(output).contains("there is no secret", "ENACT_SECRET", "openssl rand");
    }

    @Test
    void shortSecretIsExplainedAndNotPrinted(CapturedOutput output) {
        refused(Quiet.class, "enact.signing.secret=tooshort");

        assertThat(output).contains("at least 32").doesNotContain("tooshort");
    }

    @Test
    void unknownPolicyIsNamedWithTheNearestOne(CapturedOutput output) {
        refused(Quiet.class, "enact.policies[0].policy=git.dont-push-to-mian");

        assertThat(output).contains("git.dont-push-to-mian", "git.dont-push-to-main", "enact.policies[0]");
    }

    @Test
    void unknownPolicyParameterIsNamedWithTheNearestOne(CapturedOutput output) {
        refused(Quiet.class, "enact.policies[0].policy=db.protect-tables", "enact.policies[0].with.tabels=users");

        assertThat(output).contains("tabels", "tables");
    }

    @Test
    void unknownConfigurationKeyStopsTheApplication(CapturedOutput output) {
        refused(Quiet.class, "enact.polices[0].policy=git.dont-push-to-main");

        assertThat(output).contains("enact.polices[0].policy");
    }

    @Test
    void privateMethodIsRefused(CapturedOutput output) {
        refused(PrivateMethod.class);

        assertThat(output).contains("PrivateMethod.secret()", "it is private", "EnactAspect");
    }

    @Test
    void finalMethodIsRefused(CapturedOutput output) {
        refused(FinalMethod.class);

        assertThat(output).contains("FinalMethod.locked()", "it is final");
    }

    @Test
    void staticMethodIsRefused(CapturedOutput output) {
        refused(StaticMethod.class);

        assertThat(output).contains("StaticMethod.shared()", "it is static");
    }

    @Test
    void recordBeanIsRefused(CapturedOutput output) {
        refused(RecordBean.class);

        assertThat(output).contains("RecordBean.act()", "its class is a record");
    }

    @Test
    void policyWithoutActionIsRefused(CapturedOutput output) {
        refused(PolicyAlone.class);

        assertThat(output).contains("has @Policy but not @EnactAction");
    }

    @Test
    void unknownUndoMethodIsRefused(CapturedOutput output) {
        refused(NoSuchUndo.class);

        assertThat(output).contains("undo = \"restore\"", "no such method");
    }

    @Test
    void twoMethodsOfOneNameAreRefused(CapturedOutput output) {
        refused(TwoOfOneName.class);

        assertThat(output).contains("Two methods are the action 'crm.twice'");
    }

    @Test
    void expressionThatDoesNotCompileIsRefused(CapturedOutput output) {
        refused(BrokenExpression.class);

        assertThat(output).contains("@Policy on", "BrokenExpression.act()", "is not valid CEL", "column 19");
    }

    @Test
    void actionWhoseEndCannotBeSeenIsRefused(CapturedOutput output) {
        refused(PlainFuture.class);
        refused(FireAndForget.class);

        assertThat(output).contains("PlainFuture.act()", "FireAndForget.act()", "Return a CompletableFuture");
    }

    @Test
    void beanThatDidNotGetItsGateIsRefused(CapturedOutput output) {
        refused(ByHand.class);

        assertThat(output).contains("did not get its gate");
    }

    @Test
    void bareBooleanKeyInYamlIsExplained(CapturedOutput output) {
        try {
            run(Quiet.class, "spring.config.location=classpath:cloud/enact/gate/bare-on.yml");
        } catch (RuntimeException ex) {
            assertThat(output).contains("Quote the key", "\"on\": \"postgres.*\"");
            return;
        }
        throw new AssertionError("The application started");
    }

    @Test
    void gateStaysClosedWhateverTheAopSettings() {
        for (String setting : new String[] {"spring.aop.auto=false", "spring.aop.proxy-target-class=false"}) {
            GateHarness.application(this.directory)
                    .withPropertyValues(setting)
                    .withUserConfiguration(ToolBehindInterface.class)
                    .run(context -> {
                        GateHarness.model(context).thenCalls("wipe", "{}");

                        GateHarness.chatClient(context)
                                .prompt("Wipe")
                                .tools(context.getBean("wiper"))
                                .call()
                                .content();

                        assertThat(GateHarness.receipts(context, "disk.wipe"))
                                .singleElement()
                                .satisfies(receipt ->
                                        assertThat(receipt.decision()).isEqualTo("BLOCK"));
                        assertThat(context.getBean(Wiping.class))
                                .isInstanceOfSatisfying(Wiping.class, wiping -> assertBlocked(wiping::wipe));
                    });
        }
    }

    @Test
    void toolsThatNobodyAnnotatedAreListedWithTheYamlThatAllowsThem(CapturedOutput output) {
        run(Loose.class).close();

        assertThat(output).contains("Tools without @EnactAction", "blocked looseTool", "- \"looseTool\"");
    }

    private static void assertBlocked(Runnable call) {
        try {
            call.run();
        } catch (ActionBlockedException ex) {
            return;
        }
        throw new AssertionError("The call was not blocked");
    }

    private void refused(Class<?> configuration, String... properties) {
        try {
            run(configuration, properties).close();
        } catch (RuntimeException ex) {
            return;
        }
        throw new AssertionError("The application started");
    }

    private ConfigurableApplicationContext run(Class<?> configuration, String... properties) {
        SpringApplication application = new SpringApplication(configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(Map.of(
                "enact.receipts.store", "memory",
                "enact.undo.directory", this.directory.resolve("undo").toString(),
                "enact.signing.secret", "a-secret-for-tests-that-is-long-enough"));
        return application.run(
                Arrays.stream(properties).map(property -> "--" + property).toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Quiet {

        @Bean
        ScriptedChatModel model() {
            return new ScriptedChatModel();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({Quiet.class, Loose.LooseTools.class})
    static class Loose {

        static class LooseTools {

            @Tool(description = "Loose")
            public String looseTool() {
                return "loose";
            }
        }
    }

    @Import(Quiet.class)
    static class PrivateMethod {

        @EnactAction("a.b")
        private void secret() {}
    }

    @Import(Quiet.class)
    static class FinalMethod {

        @EnactAction("a.b")
        public final void locked() {}
    }

    @Import(Quiet.class)
    static class StaticMethod {

        @EnactAction("a.b")
        public static void shared() {}
    }

    @Import(Quiet.class)
    record RecordBean() {

        @EnactAction("a.b")
        public void act() {}
    }

    @Import(Quiet.class)
    static class PolicyAlone {

        @Policy("git.dont-push-to-main")
        public void push() {}
    }

    @Import(Quiet.class)
    static class NoSuchUndo {

        @EnactAction(value = "a.b", undo = "restore")
        public void act() {}
    }

    @Import(Quiet.class)
    static class TwoOfOneName {

        @EnactAction("crm.twice")
        public void one() {}

        @EnactAction("crm.twice")
        public void two() {}
    }

    @Import(Quiet.class)
    static class BrokenExpression {

        @EnactAction("a.b")
        @Policy(block = "args.reason.size( < 10")
        public void act(String reason) {}
    }

    @Import(Quiet.class)
    static class PlainFuture {

        @EnactAction("a.b")
        public Future<String> act() {
            return new FutureTask<>(() -> "done");
        }
    }

    @Import(Quiet.class)
    static class FireAndForget {

        @EnactAction("a.b")
        @Async
        public void act() {}
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Quiet.class)
    static class ByHand {

        @Bean
        static BeanFactoryPostProcessor byHand() {
            return beanFactory -> beanFactory.registerSingleton("ungated", new Ungated());
        }
    }

    static class Ungated {

        @EnactAction("a.b")
        public void act() {}
    }

    interface Wiping {

        void wipe();
    }

    static class Wiper implements Wiping {

        @Override
        @Tool(description = "Wipes the disk")
        @EnactAction("disk.wipe")
        @Policy(block = "true", reason = "No.")
        public void wipe() {
            throw new AssertionError("wiped");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ToolBehindInterface {

        @Bean
        Wiper wiper() {
            return new Wiper();
        }
    }
}

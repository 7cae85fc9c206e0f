package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.Patience;
import cloud.enact.approval.ApprovalRefusedException;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.Approver;
import cloud.enact.gate.ApprovalRequiredException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code docs/approvals.md} says, with its own configuration and its own code. */
class ApprovalsPageTests {

    private static final String PAGE = "approvals.md";

    private static final String IMPORTS = """
            import cloud.enact.*;
            import cloud.enact.action.*;
            import cloud.enact.approval.*;
            import java.security.Principal;
            import java.time.Duration;
            import java.util.*;
            import org.springframework.web.bind.annotation.*;
            """;

    @TempDir
    private Path folder;

    private static ApplicationContextRunner application(String saying) throws IOException {
        return new ApplicationContextRunner()
                .withUserConfiguration(Shop.class)
                .withInitializer(Snippets.configuring(Snippets.saying(PAGE, "yaml", saying)))
                .withPropertyValues(
                        "enact.approval.enabled=true",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=${java.io.tmpdir}/enact-approvals-page-tests",
                        "enact.actor.id=agent@example.org",
                        "enact.signing.secret=a secret of more than 32 characters, for tests");
    }

    private static UUID ask(Billing billing, int amount) {
        try {
            billing.refund(amount);
        } catch (ApprovalRequiredException ex) {
            return ex.getTicket();
        }
        throw new AssertionError("Nobody was asked");
    }

    @Test
    void theFirstExampleAsksAndTheCodeOfThePageAnswers() throws Exception {
        Files.writeString(
                this.folder.resolve("Answers.java"), IMPORTS + Snippets.saying(PAGE, "java", "class Answers"));
        Class<?> answers = PageCode.compile(this.folder, "Answers");

        application("ask: args.amount > 500").run(context -> {
            Billing billing = context.getBean(Billing.class);
            billing.refund(500);
            UUID ticket = ask(billing, 900);
            assertThat(ask(billing, 900)).isEqualTo(ticket);

            answer(answers, context.getBean(ApprovalService.class), ticket);
            billing.refund(900);

            assertThat(billing.refunds()).containsExactly(500, 900);
            assertThat(ask(billing, 900)).as("an approval is good for one call").isNotEqualTo(ticket);
        });
    }

    private static void answer(Class<?> answers, ApprovalService approvals, UUID ticket) throws Exception {
        Constructor<?> constructor = answers.getDeclaredConstructor(ApprovalService.class);
        constructor.setAccessible(true);
        Method answer = answers.getDeclaredMethod("answer", UUID.class, boolean.class, Principal.class);
        answer.setAccessible(true);
        answer.invoke(constructor.newInstance(approvals), ticket, true, (Principal) () -> "boss@example.com");
    }

    @Test
    void severalPeopleOfTheGroupsHaveToApprove() throws Exception {
        application("approvers: 2").run(context -> {
            ApprovalService approvals = context.getBean(ApprovalService.class);
            UUID ticket = ask(context.getBean(Billing.class), 900);

            assertThatExceptionOfType(ApprovalRefusedException.class)
                    .isThrownBy(() -> answer(approvals, ticket, "eve@example.com", "sales"));
            assertThat(answer(approvals, ticket, "ann@example.com", "finance").state())
                    .isEqualTo(ApprovalState.PENDING);
            assertThat(answer(approvals, ticket, "bob@example.com", "board").state())
                    .isEqualTo(ApprovalState.APPROVED);
        });
    }

    private static ApprovalRequest answer(ApprovalService approvals, UUID ticket, String person, String group) {
        return approvals.answer(ticket, new Approver(person, Set.of(group), "test"), true, null);
    }

    @Test
    void theCallOfThePageWaitsForItsAnswer() throws Exception {
        Files.writeString(
                this.folder.resolve("Caller.java"),
                IMPORTS + "public class Caller { public ActionResult call(Enact enact) {\n"
                        + Snippets.saying(PAGE, "java", "runWithApproval") + "return result; } }");
        Class<?> caller = PageCode.compile(this.folder, "Caller");
        Object instance = caller.getConstructor().newInstance();
        Method call = caller.getMethod("call", Enact.class);

        application("mode: wait").run(context -> {
            CompletableFuture<ActionResult> result = CompletableFuture.supplyAsync(() -> {
                try {
                    return (ActionResult) call.invoke(instance, context.getBean(Enact.class));
                } catch (ReflectiveOperationException ex) {
                    throw new IllegalStateException(ex);
                }
            });
            UUID ticket = open(context);
            context.getBean(ApprovalService.class)
                    .answer(ticket, new Approver("boss@example.com", Set.of(), "test"), true, null);

            result.get(30, TimeUnit.SECONDS);
            assertThat(context.getBean(Billing.class).refunds()).containsExactly(900);
        });
    }

    private static UUID open(ApplicationContext context) {
        ApprovalService approvals = context.getBean(ApprovalService.class);
        return Patience.awaiting("a request")
                .until(() -> approvals.findOpen(null, 10), open -> !open.isEmpty())
                .get(0)
                .id();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        Billing billing() {
            return new Billing();
        }
    }

    static class Billing {

        private final List<Integer> refunds = new CopyOnWriteArrayList<>();

        @EnactAction("billing.refund")
        public void refund(int amount) {
            this.refunds.add(amount);
        }

        public List<Integer> refunds() {
            return this.refunds;
        }
    }
}

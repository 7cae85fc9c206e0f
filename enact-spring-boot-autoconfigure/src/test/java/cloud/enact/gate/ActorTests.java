package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

/** Who asks, and where that is known from. */
class ActorTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @AfterEach
    void forgetWhoIsLoggedIn() {
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void springSecurityKnowsBestAndRolesLoseTheirPrefix(boolean stream) {
        application().withPropertyValues("enact.actor.id=batch@example.com").run(context -> {
            logIn("ann@example.com", "ROLE_support", "tickets:write");

            chat(context, stream, Map.of(Enact.ACTOR, "mallory@example.com"));

            Map<String, Object> actor = actorOf(context, "desk.answer");
            assertThat(actor)
                    .containsEntry("id", "ann@example.com")
                    .containsEntry("source", "spring-security")
                    .containsEntry("roles", List.of("support", "tickets:write"));
        });
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void toolContextComesBeforeConfigurationAndAnonymousUsersAreNobody(boolean stream) {
        application().withPropertyValues("enact.actor.id=batch@example.com").run(context -> {
            SecurityContextHolder.getContext()
                    .setAuthentication(new AnonymousAuthenticationToken(
                            "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));

            chat(context, stream, Map.of(Enact.ACTOR, "cy@example.com"));

            assertThat(actorOf(context, "desk.answer"))
                    .containsEntry("id", "cy@example.com")
                    .containsEntry("source", "tool-context");
        });
    }

    @Test
    void configurationIsAskedLast() {
        application()
                .withPropertyValues("enact.actor.id=batch@example.com", "enact.actor.roles=nightly")
                .run(context -> {
                    context.getBean(Desk.class).answer("hi");

                    assertThat(actorOf(context, "desk.answer"))
                            .containsEntry("id", "batch@example.com")
                            .containsEntry("roles", List.of("nightly"))
                            .containsEntry("source", "configuration");
                });
    }

    @Test
    void nobodyIsAnonymous() {
        application().run(context -> {
            context.getBean(Desk.class).answer("hi");

            assertThat(actorOf(context, "desk.answer"))
                    .containsEntry("id", "anonymous")
                    .containsEntry("source", "none");
        });
    }

    @Test
    void authenticationThatIsNotYetAuthenticatedIsNobody() {
        application().run(context -> {
            SecurityContextHolder.getContext()
                    .setAuthentication(UsernamePasswordAuthenticationToken.unauthenticated("ann@example.com", "x"));

            context.getBean(Desk.class).answer("hi");

            assertThat(actorOf(context, "desk.answer")).containsEntry("id", "anonymous");
        });
    }

    @Test
    void actorOfAReactiveStreamComesFromItsContext() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("answer", "{\"text\":\"hi\"}");

            GateHarness.chatClient(context).prompt("Answer").tools(context.getBean(Desk.class)).stream()
                    .content()
                    .contextWrite(ReactiveSecurityContextHolder.withAuthentication(user("rea@example.com", "ROLE_a")))
                    .blockLast(LONG);

            assertThat(actorOf(context, "desk.answer"))
                    .containsEntry("id", "rea@example.com")
                    .containsEntry("source", "spring-security");
        });
    }

    @Test
    void actorOfAReactiveMethodComesFromItsContext() {
        application().run(context -> {
            context.getBean(Desk.class)
                    .answerLater("hi")
                    .contextWrite(ReactiveSecurityContextHolder.withAuthentication(user("rea@example.com")))
                    .block(LONG);

            assertThat(actorOf(context, "desk.answer_later")).containsEntry("id", "rea@example.com");
        });
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void resolverThatThrowsIsABlockForTheModel(boolean stream) {
        application().withBean(ActorResolver.class, () -> ActorTests::broken).run(context -> {
            chat(context, stream, Map.of());

            assertThat(GateHarness.model(context).toolResults())
                    .singleElement()
                    .asString()
                    .contains("\"decision\":\"BLOCK\"", "who asks")
                    .doesNotContain("ldap-password");
            assertThat(context.getBean(Desk.class).answers()).isZero();
            assertThat(context.getBean(GateState.class).failedOpenCount()).isZero();
        });
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void resolverThatThrowsStopsNothingWhileObserving(boolean stream) {
        application()
                .withPropertyValues("enact.mode=observe")
                .withBean(ActorResolver.class, () -> ActorTests::broken)
                .run(context -> {
                    chat(context, stream, Map.of());

                    assertThat(context.getBean(Desk.class).answers()).isEqualTo(1);
                    assertThat(GateHarness.receipts(context, "desk.answer", ReceiptKind.DECIDED))
                            .singleElement()
                            .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
                    assertThat(context.getBean(GateState.class).failedOpenCount())
                            .isPositive();
                });
    }

    @Test
    void resolverThatThrowsBlocksADirectCallAndAnUnknownTool() {
        application().withBean(ActorResolver.class, () -> ActorTests::broken).run(context -> {
            assertThatThrownBy(() -> context.getBean(Desk.class).answer("hi"))
                    .isInstanceOf(ActionBlockedException.class);

            GateHarness.model(context).thenCalls("noSuchTool", "{}");
            String answer = GateHarness.chatClient(context)
                    .prompt("Answer")
                    .tools(context.getBean(Desk.class))
                    .call()
                    .content();

            assertThat(answer).isEqualTo("done");
            assertThat(GateHarness.receipts(context, "noSuchTool")).hasSize(1);
        });
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void nothingOfEnactReachesTheToolWithTheToolContext(boolean stream) {
        application().withPropertyValues("enact.tools.allow=peek").run(context -> {
            AtomicReference<Map<String, Object>> seen = new AtomicReference<>();
            GateHarness.model(context).thenCalls("peek", "{}");
            ChatClient.ChatClientRequestSpec spec = GateHarness.chatClient(context)
                    .prompt("Peek")
                    .tools(FunctionToolCallback.builder("peek", (Map<String, Object> args, ToolContext toolContext) -> {
                                seen.set(toolContext.getContext());
                                return "seen";
                            })
                            .description("Peeks")
                            .inputType(Map.class)
                            .build())
                    .toolContext(Map.of(Enact.ACTOR, Actor.of("ann@example.com", "admin"), "tenant", "acme"));

            read(spec, stream);

            assertThat(seen.get()).containsOnly(Map.entry("tenant", "acme"));
        });
    }

    @Test
    void actorOfAToolIsTheActorOfTheConversationItHolds() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("delegate", "{}").thenCalls("answer", "{\"text\":\"hi\"}");

            GateHarness.chatClient(context)
                    .prompt("Delegate")
                    .tools(context.getBean(Manager.class))
                    .toolContext(Map.of(Enact.ACTOR, "ann@example.com"))
                    .stream()
                    .content()
                    .blockLast(LONG);

            Receipt outer = GateHarness.receipts(context, "desk.delegate").get(0);
            Receipt inner = GateHarness.receipts(context, "desk.answer").get(0);
            assertThat(inner.actor()).isEqualTo("ann@example.com");
            assertThat(inner.runId()).isEqualTo(outer.runId());
        });
    }

    @Test
    void callThatSpringSecurityDeniesNeverComesToTheGate() {
        application().withUserConfiguration(MethodSecurity.class).run(context -> {
            logIn("ann@example.com", "ROLE_support");

            assertThatThrownBy(() -> context.getBean(Desk.class).close()).isInstanceOf(AccessDeniedException.class);

            assertThat(GateHarness.receipts(context, "desk.close")).isEmpty();
        });
    }

    @Test
    void methodSecurityWithAnOffsetStillStandsOutside() {
        application().withUserConfiguration(LateMethodSecurity.class).run(context -> {
            logIn("ann@example.com", "ROLE_support");

            assertThatThrownBy(() -> context.getBean(Desk.class).close()).isInstanceOf(AccessDeniedException.class);

            assertThat(GateHarness.receipts(context, "desk.close")).isEmpty();
        });
    }

    private static Actor broken(Map<String, Object> toolContext) {
        throw new IllegalStateException("ldap-password rejected");
    }

    private static void chat(ApplicationContext context, boolean stream, Map<String, Object> toolContext) {
        GateHarness.model(context).thenCalls("answer", "{\"text\":\"hi\"}");
        read(
                GateHarness.chatClient(context)
                        .prompt("Answer")
                        .tools(context.getBean(Desk.class))
                        .toolContext(toolContext),
                stream);
    }

    private static void read(ChatClient.ChatClientRequestSpec spec, boolean stream) {
        if (stream) {
            spec.stream().content().blockLast(LONG);
        } else {
            spec.call().content();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> actorOf(ApplicationContext context, String action) {
        return (Map<String, Object>) GateHarness.receipts(context, action, ReceiptKind.DECIDED)
                .get(0)
                .fields()
                .get("actor");
    }

    private static Authentication user(String name, String... authorities) {
        TestingAuthenticationToken user = new TestingAuthenticationToken(name, "n/a", authorities);
        user.setAuthenticated(true);
        return user;
    }

    private static void logIn(String name, String... authorities) {
        SecurityContextHolder.getContext().setAuthentication(user(name, authorities));
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Office.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Office {

        @Bean
        Desk desk() {
            return new Desk();
        }

        @Bean
        Manager manager(Desk desk, ChatClient.Builder chat) {
            return new Manager(desk, chat);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity
    static class MethodSecurity {}

    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity(offset = 5000)
    static class LateMethodSecurity {}

    static class Desk {

        private int answers;

        @Tool(description = "Answers")
        @EnactAction("desk.answer")
        public String answer(String text) {
            this.answers++;
            return text;
        }

        @EnactAction("desk.answer_later")
        public Mono<String> answerLater(String text) {
            return Mono.just(text);
        }

        @EnactAction("desk.close")
        @PreAuthorize("hasRole('admin')")
        public void close() {
            throw new AssertionError("closed");
        }

        int answers() {
            return this.answers;
        }
    }

    static class Manager {

        private final Desk desk;

        private final ChatClient.Builder chat;

        Manager(Desk desk, ChatClient.Builder chat) {
            this.desk = desk;
            this.chat = chat;
        }

        @Tool(description = "Lets an agent answer")
        @EnactAction("desk.delegate")
        public String delegate() {
            return this.chat.build().prompt("Answer").tools(this.desk).call().content();
        }
    }
}

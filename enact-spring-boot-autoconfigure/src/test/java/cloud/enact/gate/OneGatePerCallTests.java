package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.mcp.McpToolNamePrefixGenerator;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.augment.AugmentedToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every way a tool can be reached passes the gate exactly once, called and streamed. */
class OneGatePerCallTests {

    private static final String ARGUMENTS = "{\"city\":\"Oslo\"}";

    @TempDir
    Path directory;

    /** A way for a model to reach a tool: the action it is recorded under, and how a chat goes that way. */
    record Way(String name, String tool, String action, BiConsumer<ApplicationContext, Boolean> chat) {

        @Override
        public String toString() {
            return this.name;
        }
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way(
                        "annotated bean",
                        "governedForecast",
                        "weather.forecast",
                        (context, stream) ->
                                chat(context, stream, spec -> spec.tools(context.getBean(GovernedWeather.class)))),
                new Way(
                        "annotated plain object",
                        "plainForecast",
                        "weather.plain",
                        (context, stream) ->
                                chat(context, stream, spec -> spec.tools(new PlainGovernedWeather(counter(context))))),
                new Way(
                        "plain object without annotation",
                        "looseForecast",
                        "looseForecast",
                        (context, stream) ->
                                chat(context, stream, spec -> spec.tools(new LooseWeather(counter(context))))),
                new Way(
                        "function callback",
                        "functionForecast",
                        "functionForecast",
                        (context, stream) -> chat(
                                context, stream, spec -> spec.tools(function("functionForecast", counter(context))))),
                new Way(
                        "callback bean",
                        "beanForecast",
                        "beanForecast",
                        (context, stream) -> chat(
                                context,
                                stream,
                                spec -> spec.tools(context.getBean("beanForecast", ToolCallback.class)))),
                new Way(
                        "provider bean",
                        "providedForecast",
                        "providedForecast",
                        (context, stream) -> chat(
                                context,
                                stream,
                                spec -> spec.tools(context.getBean("provider", ToolCallbackProvider.class)))),
                new Way(
                        "method provider bean over an annotated bean",
                        "governedForecast",
                        "weather.forecast",
                        (context, stream) -> chat(
                                context,
                                stream,
                                spec -> spec.tools(context.getBean("methodProvider", ToolCallbackProvider.class)))),
                new Way(
                        "default tools of the builder",
                        "functionForecast",
                        "functionForecast",
                        (context, stream) -> read(
                                context.getBean(ChatClient.Builder.class)
                                        .defaultTools(function("functionForecast", counter(context)))
                                        .build()
                                        .prompt("How is the weather?"),
                                stream)),
                new Way(
                        "augmented callback around an annotated bean",
                        "governedForecast",
                        "weather.forecast",
                        (context, stream) -> chat(context, stream, spec -> spec.tools(augmented(context)))),
                new Way(
                        "resolved by name",
                        "beanForecast",
                        "beanForecast",
                        (context, stream) -> chat(context, stream, spec -> spec)),
                new Way("user-controlled execution", "functionForecast", "functionForecast", (context, stream) -> {
                    ToolCallingChatOptions options = ToolCallingChatOptions.builder()
                            .toolCallbacks(function("functionForecast", counter(context)))
                            .build();
                    Prompt prompt = new Prompt("How is the weather?", options);
                    ChatModel model = context.getBean(ChatModel.class);
                    ChatResponse response =
                            Boolean.TRUE.equals(stream) ? model.stream(prompt).blockLast() : model.call(prompt);
                    Prompt next = new Prompt(
                            context.getBean(ToolCallingManager.class)
                                    .executeToolCalls(prompt, response)
                                    .conversationHistory(),
                            options);
                    model.call(next);
                }),
                new Way(
                        "hand-made tool advisor with a manager of its own",
                        "functionForecast",
                        "functionForecast",
                        (context, stream) -> chat(
                                context,
                                stream,
                                spec -> spec.tools(function("functionForecast", counter(context)))
                                        .advisors(GateHarness.handMadeAdvisor(
                                                ToolCallingManager.builder().build())))),
                new Way("tools of an MCP client", "remoteForecast", "mcp.github.remoteForecast", (context, stream) -> {
                    chat(
                            context,
                            stream,
                            spec -> spec.tools(context.getBean("mcpProvider", ToolCallbackProvider.class)));
                    counter(context)
                            .addAndGet(
                                    context.getBean(RemoteTools.class).calls().size());
                }),
                new Way(
                        "static ChatClient with an annotated bean",
                        "governedForecast",
                        "weather.forecast",
                        (context, stream) -> read(
                                ChatClient.create(context.getBean(ChatModel.class))
                                        .prompt("How is the weather?")
                                        .tools(context.getBean(GovernedWeather.class)),
                                stream)),
                new Way(
                        "static ChatClient with tools gated by hand",
                        "looseForecast",
                        "looseForecast",
                        (context, stream) -> read(
                                ChatClient.create(context.getBean(ChatModel.class))
                                        .prompt("How is the weather?")
                                        .tools((Object[])
                                                GateHarness.enact(context).gate(new LooseWeather(counter(context)))),
                                stream)));
    }

    static Stream<Arguments> waysCalledAndStreamed() {
        return ways().flatMap(way -> Stream.of(Arguments.of(way, false), Arguments.of(way, true)));
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("waysCalledAndStreamed")
    @DisplayName("A call that passes is judged once, recorded once, and runs once")
    void passesTheGateExactlyOnce(Way way, boolean stream) {
        application().run(context -> {
            GateHarness.model(context).thenCalls(way.tool(), ARGUMENTS);

            way.chat().accept(context, stream);

            assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
            assertThat(GateHarness.receipts(context, way.action(), ReceiptKind.DECIDED))
                    .hasSize(1);
            assertThat(GateHarness.receipts(context, way.action(), ReceiptKind.COMPLETED))
                    .hasSize(1);
            assertThat(GateHarness.model(context).toolResults())
                    .singleElement()
                    .asString()
                    .contains("sunny");
        });
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @MethodSource("waysCalledAndStreamed")
    @DisplayName("A call that is blocked never reaches the tool, and the model is told")
    void blockedCallNeverReachesTheTool(Way way, boolean stream) {
        application()
                .withPropertyValues(
                        "enact.policies[0].name=no-weather",
                        "enact.policies[0].block=true",
                        "enact.policies[0].on=" + way.action(),
                        "enact.policies[0].reason=Look out of the window instead.")
                .run(context -> {
                    GateHarness.model(context).thenCalls(way.tool(), ARGUMENTS);

                    way.chat().accept(context, stream);

                    assertThat(context.getBean(AtomicInteger.class)).hasValue(0);
                    assertThat(GateHarness.receipts(context, way.action()))
                            .singleElement()
                            .satisfies(receipt -> assertThat(receipt.decision()).isEqualTo("BLOCK"));
                    assertThat(GateHarness.model(context).toolResults())
                            .singleElement()
                            .asString()
                            .contains("Look out of the window instead.");
                });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withUserConfiguration(Weather.class, Mcp.class)
                .withPropertyValues(
                        "enact.tools.unannotated=allow", "spring.ai.tools.resolution.fallback.enabled=true");
    }

    private static AtomicInteger counter(ApplicationContext context) {
        return context.getBean(AtomicInteger.class);
    }

    private static void chat(
            ApplicationContext context,
            boolean stream,
            java.util.function.UnaryOperator<ChatClient.ChatClientRequestSpec> tools) {
        read(tools.apply(GateHarness.chatClient(context).prompt("How is the weather?")), stream);
    }

    private static void read(ChatClient.ChatClientRequestSpec spec, boolean stream) {
        if (stream) {
            spec.stream().content().blockLast();
        } else {
            spec.call().content();
        }
    }

    private static ToolCallback function(String name, AtomicInteger counter) {
        return FunctionToolCallback.builder(name, (Map<String, Object> args) -> {
                    counter.incrementAndGet();
                    return "sunny in " + args.get("city");
                })
                .description("Tells the weather")
                .inputType(Map.class)
                .build();
    }

    record Thought(String thought) {}

    private static ToolCallback augmented(ApplicationContext context) {
        ToolCallback callback = ToolCallbacks.from(context.getBean(GovernedWeather.class))[0];
        return new AugmentedToolCallback<>(callback, Thought.class, event -> {}, true);
    }

    @Configuration(proxyBeanMethods = false)
    static class Weather {

        @Bean
        AtomicInteger counter() {
            return new AtomicInteger();
        }

        @Bean
        GovernedWeather governedWeather(AtomicInteger counter) {
            return new GovernedWeather(counter);
        }

        @Bean
        ToolCallback beanForecast(AtomicInteger counter) {
            return function("beanForecast", counter);
        }

        @Bean
        ToolCallbackProvider provider(AtomicInteger counter) {
            return ToolCallbackProvider.from(List.of(function("providedForecast", counter)));
        }

        @Bean
        ToolCallbackProvider methodProvider(GovernedWeather weather) {
            return MethodToolCallbackProvider.builder().toolObjects(weather).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Mcp {

        @Bean
        RemoteTools remoteTools() {
            return new RemoteTools("remoteForecast");
        }

        @Bean
        ToolCallbackProvider mcpProvider(RemoteTools server) {
            return SyncMcpToolCallbackProvider.builder()
                    .mcpClients(server.syncClient("github"))
                    .toolNamePrefixGenerator(McpToolNamePrefixGenerator.noPrefix())
                    .build();
        }
    }

    /** Public, because the static ChatClient leaves Spring AI alone with the proxy. */
    public static class GovernedWeather {

        private final AtomicInteger counter;

        GovernedWeather(AtomicInteger counter) {
            this.counter = counter;
        }

        @Tool(name = "governedForecast", description = "Tells the weather")
        @EnactAction("weather.forecast")
        public String forecast(String city) {
            this.counter.incrementAndGet();
            return "sunny in " + city;
        }
    }

    static class PlainGovernedWeather {

        private final AtomicInteger counter;

        PlainGovernedWeather(AtomicInteger counter) {
            this.counter = counter;
        }

        @Tool(name = "plainForecast", description = "Tells the weather")
        @EnactAction("weather.plain")
        public String forecast(String city) {
            this.counter.incrementAndGet();
            return "sunny in " + city;
        }
    }

    static class LooseWeather {

        private final AtomicInteger counter;

        LooseWeather(AtomicInteger counter) {
            this.counter = counter;
        }

        @Tool(name = "looseForecast", description = "Tells the weather")
        public String forecast(String city) {
            this.counter.incrementAndGet();
            return "sunny in " + city;
        }
    }
}

package cloud.enact.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent that somebody has already: a chat client and a model, with nothing of Enact in it. The model asks for the
 * calls in the file {@code calls.jsonl}, a conversation each; the answers go to the output, and the port behind them.
 */
@Configuration
@EnableAutoConfiguration
public class PageAgent {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Queue<JsonNode> calls = new ArrayDeque<>();

    public static void main(String[] arguments) throws IOException {
        ConfigurableApplicationContext context = SpringApplication.run(PageAgent.class, arguments);
        PageAgent agent = context.getBean(PageAgent.class);
        ChatClient.Builder builder = context.getBean(ChatClient.Builder.class);
        for (String line : Files.readAllLines(Path.of("calls.jsonl"))) {
            agent.calls.add(JSON.readTree(line));
            System.out.println(
                    "ANSWER " + builder.clone().build().prompt("Do it").call().content());
        }
        System.out.println("PORT " + context.getEnvironment().getProperty("local.server.port"));
        // lives as long as whoever started it wants to know more
        System.in.read();
        context.close();
    }

    @Bean
    ChatModel model() {
        return new Model();
    }

    /** Asks for the next call, and says what came of it. */
    private final class Model implements ChatModel {

        @Override
        public ChatResponse call(Prompt prompt) {
            var messages = prompt.getInstructions();
            if (messages.get(messages.size() - 1) instanceof ToolResponseMessage answer) {
                String text = answer.getResponses().get(0).responseData();
                return new ChatResponse(List.of(new Generation(new AssistantMessage(text))));
            }
            JsonNode call = PageAgent.this.calls.remove();
            return new ChatResponse(List.of(new Generation(AssistantMessage.builder()
                    .content("")
                    .toolCalls(List.of(new AssistantMessage.ToolCall(
                            "1",
                            "function",
                            call.get("tool").asString(),
                            call.get("arguments").toString())))
                    .build())));
        }

        @Override
        public ChatOptions getOptions() {
            return ToolCallingChatOptions.builder().build();
        }
    }
}

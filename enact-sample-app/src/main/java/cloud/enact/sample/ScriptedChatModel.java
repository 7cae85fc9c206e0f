package cloud.enact.sample;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chat model that needs no credentials: it knows the prompts of the acts and answers each with its script. Where it
 * is in the script it sees from the conversation, as a real model does, so it keeps no state.
 */
@Component
@Profile("!openai & !anthropic")
final class ScriptedChatModel implements ChatModel {

    private final ToolCallingManager tools;

    private final JsonMapper json = JsonMapper.builder().build();

    private final Map<String, List<Turn>> scripts;

    ScriptedChatModel(ToolCallingManager tools, List<Act> acts) {
        this.tools = tools;
        this.scripts = acts.stream()
                .flatMap(act -> act.scripts().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        List<Message> messages = prompt.getInstructions();
        int asked = lastQuestion(messages);
        List<Turn> script = this.scripts.get(messages.get(asked).getText());
        if (script == null) {
            return answer(new AssistantMessage("I only know my script. Choose a real model for other questions."));
        }
        long turn = messages.subList(asked, messages.size()).stream()
                .filter(AssistantMessage.class::isInstance)
                .count();
        return answer(message(script.get(Math.toIntExact(turn)), turn, offered(prompt)));
    }

    private static int lastQuestion(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof UserMessage) {
                return i;
            }
        }
        throw new IllegalArgumentException("The conversation asks nothing");
    }

    /** The tools this model is shown, asked for where real models ask. */
    private Set<String> offered(Prompt prompt) {
        if (!(prompt.getOptions() instanceof ToolCallingChatOptions options)) {
            return Set.of();
        }
        return this.tools.resolveToolDefinitions(options).stream()
                .map(ToolDefinition::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private AssistantMessage message(Turn turn, long number, Set<String> offered) {
        String tool = turn.tool();
        if (tool == null) {
            return new AssistantMessage(turn.words());
        }
        if (!offered.contains(tool)) {
            throw new IllegalStateException("The script calls tool '" + tool + "', which the model is not offered");
        }
        // in the order of their names, so that every run of the demo prints the same
        String arguments = this.json.writeValueAsString(new TreeMap<>(turn.arguments()));
        return AssistantMessage.builder()
                .content("")
                .toolCalls(List.of(new AssistantMessage.ToolCall("call-" + number, "function", tool, arguments)))
                .build();
    }

    private static ChatResponse answer(AssistantMessage message) {
        return new ChatResponse(List.of(new Generation(message)));
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return Flux.defer(() -> Flux.just(call(prompt)));
    }

    @Override
    public ChatOptions getOptions() {
        return ToolCallingChatOptions.builder().build();
    }
}

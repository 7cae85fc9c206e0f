package cloud.enact.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import reactor.core.publisher.Flux;

/** A chat model that asks for the tool calls a test wrote down, then says "done". */
final class ScriptedChatModel implements ChatModel {

    private final Queue<AssistantMessage> script = new ArrayDeque<>();

    private final List<String> toolResults = new ArrayList<>();

    private ToolCallingManager manager;

    private int asked;

    /** As real models do, asks the manager for the definitions of the tools it is shown. */
    ScriptedChatModel askingFor(ToolCallingManager toolCallingManager) {
        this.manager = toolCallingManager;
        return this;
    }

    /** The next answer asks for these calls, given as name and arguments in turn. */
    ScriptedChatModel thenCalls(String... namesAndArguments) {
        List<AssistantMessage.ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < namesAndArguments.length; i += 2) {
            calls.add(new AssistantMessage.ToolCall(
                    UUID.randomUUID().toString(), "function", namesAndArguments[i], namesAndArguments[i + 1]));
        }
        this.script.add(AssistantMessage.builder().content("").toolCalls(calls).build());
        return this;
    }

    /** How often the model was asked. */
    int asked() {
        return this.asked;
    }

    /** What the tools answered, in order. */
    List<String> toolResults() {
        return List.copyOf(this.toolResults);
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        this.asked++;
        if (this.manager != null && prompt.getOptions() instanceof ToolCallingChatOptions options) {
            this.manager.resolveToolDefinitions(options);
        }
        List<Message> messages = prompt.getInstructions();
        if (!messages.isEmpty() && messages.get(messages.size() - 1) instanceof ToolResponseMessage answers) {
            answers.getResponses().forEach(answer -> this.toolResults.add(answer.responseData()));
        }
        AssistantMessage next = this.script.poll();
        return new ChatResponse(List.of(new Generation((next != null) ? next : new AssistantMessage("done"))));
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

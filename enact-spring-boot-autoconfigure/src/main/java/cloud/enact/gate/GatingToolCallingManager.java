package cloud.enact.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.beans.factory.BeanFactory;

/**
 * Gates whatever reaches the application's tool calling manager ungated: tools found at run time, options built by
 * hand, user-controlled execution. Sees as well which tools a model is shown past the gate.
 */
final class GatingToolCallingManager implements ToolCallingManager, GatedTool {

    private static final Log logger = LogFactory.getLog(GatingToolCallingManager.class);

    private static final int WARNED_AT_MOST = 1000;

    private final ToolCallingManager delegate;

    private final Supplier<ToolGate> tools;

    private final ToolWrapper wrapper;

    private final Supplier<RunScope> runs;

    private final BooleanSupplier strict;

    private final Predicate<String> resolvable;

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    GatingToolCallingManager(
            ToolCallingManager delegate,
            Supplier<ToolGate> tools,
            ToolWrapper wrapper,
            Supplier<RunScope> runs,
            BooleanSupplier strict,
            Predicate<String> resolvable) {
        this.delegate = delegate;
        this.tools = tools;
        this.wrapper = wrapper;
        this.runs = runs;
        this.strict = strict;
        this.resolvable = resolvable;
    }

    @Override
    public BeanFactory owner() {
        return this.wrapper.owner();
    }

    @Override
    public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions options) {
        List<ToolCallback> callbacks = options.getToolCallbacks();
        if (callbacks != null) {
            callbacks.stream()
                    .filter(callback -> !this.wrapper.isGated(callback))
                    .forEach(this::bypass);
        }
        return this.delegate.resolveToolDefinitions(options);
    }

    /** A model is about to be shown a callback that nobody wrapped: it was not built by the gated ChatClient.Builder. */
    private void bypass(ToolCallback callback) {
        this.tools.get().gate().state().bypassed();
        String name = ToolNames.clean(callback.getToolDefinition().name());
        String what = "Tool '" + name + "' is offered to a model without passing the gate: its ChatClient was not made"
                + " by the ChatClient.Builder bean. Inject ChatClient.Builder instead of calling ChatClient.create(..)"
                + " or ChatClient.builder(..), or wrap the tools with Enact.gate(..).";
        if (this.strict.getAsBoolean()) {
            throw new UngatedToolException(what);
        }
        if (this.warned.size() < WARNED_AT_MOST && this.warned.add(name)) {
            logger.warn(what);
        }
    }

    @Override
    public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse response) {
        ToolCallingChatOptions options = (prompt.getOptions() instanceof ToolCallingChatOptions given) ? given : null;
        List<ToolCallback> callbacks = new ArrayList<>(this.wrapper.wrap(
                (options != null && options.getToolCallbacks() != null) ? options.getToolCallbacks() : List.of()));
        if (this.delegate instanceof DefaultToolCallingManager) {
            // it would throw, and lose what the other calls of the batch did
            callbacks.addAll(unknown(response, callbacks));
        }
        Map<String, Object> context = (options != null) ? options.getToolContext() : Map.of();
        ToolCallContext known = ToolCallContext.of(context);
        if (known.asking() == null) {
            Map<String, Object> named = (context != null) ? context : Map.of();
            context = ToolCallContext.with(
                    named, this.runs.get().ofTurn(named), this.tools.get().asking(named));
        }
        AtomicBoolean refused = new AtomicBoolean();
        ToolCallingChatOptions gated = ToolCallingChatOptions.builder()
                .toolCallbacks(callbacks)
                .toolContext(ToolCallContext.with(context, refused))
                .build();
        ToolExecutionResult result =
                this.delegate.executeToolCalls(new Prompt(prompt.getInstructions(), gated), response);
        if (refused.get() && result.returnDirect()) {
            // a refusal is for the model, not for the person behind a tool that returns directly
            return ToolExecutionResult.builder()
                    .conversationHistory(result.conversationHistory())
                    .returnDirect(false)
                    .build();
        }
        return result;
    }

    private List<ToolCallback> unknown(ChatResponse response, List<ToolCallback> callbacks) {
        Set<String> names = new HashSet<>();
        callbacks.forEach(callback -> names.add(callback.getToolDefinition().name()));
        List<ToolCallback> unknown = new ArrayList<>();
        response.getResults().stream()
                .map(generation -> generation.getOutput().getToolCalls())
                .filter(calls -> !calls.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .map(AssistantMessage.ToolCall::name)
                .filter(name -> names.add(name) && !this.resolvable.test(name))
                .forEach(name -> unknown.add(this.wrapper.unknown(name)));
        return unknown;
    }
}

package cloud.enact.gate;

import cloud.enact.action.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts the gate before every tool a model is shown, and sends run and actor along, which survive a change of threads
 * that way. Stands before every other advisor, so that no tool loop sees a callback that is not gated.
 */
final class EnactToolAdvisor implements CallAdvisor, StreamAdvisor {

    private final ToolGate tools;

    private final ToolWrapper wrapper;

    private final RunScope runs;

    private final ReactiveActor reactiveActor;

    EnactToolAdvisor(ToolGate tools, ToolWrapper wrapper, RunScope runs, ReactiveActor reactiveActor) {
        this.tools = tools;
        this.wrapper = wrapper;
        this.runs = runs;
        this.reactiveActor = reactiveActor;
    }

    @Override
    public String getName() {
        return "Enact";
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
        return chain.nextCall(gated(request, null));
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
        return Flux.deferContextual(context -> this.reactiveActor
                .resolve(context)
                .map(Asking::by)
                .onErrorResume(RuntimeException.class, ex -> Mono.just(Asking.unknown(ex)))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMapMany(asking -> chain.nextStream(gated(request, asking.orElse(null)))));
    }

    private ChatClientRequest gated(ChatClientRequest request, @Nullable Asking reactive) {
        Prompt prompt = request.prompt();
        if (!(prompt.getOptions() instanceof ToolCallingChatOptions options)) {
            return request;
        }
        Map<String, Object> context = ToolCallContext.with(
                (options.getToolContext() != null) ? options.getToolContext() : Map.of(), request.context());
        Asking asking = (reactive != null) ? reactive : this.tools.asking(context);
        Run run = this.runs.ofTurn(context);
        List<ToolCallback> callbacks = this.wrapper.wrap(options.getToolCallbacks());
        // a mistake in somebody's annotations shows now, not when half of a batch has run
        callbacks.forEach(callback -> this.tools.definition(GatedToolCallback.unwrap(callback)));
        ToolCallingChatOptions gated = options.mutate()
                .toolCallbacks(callbacks)
                .toolContext(ToolCallContext.with(context, run, asking))
                .build();
        return request.mutate()
                .prompt(new Prompt(prompt.getInstructions(), gated))
                .build();
    }
}

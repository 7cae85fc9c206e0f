package cloud.enact.gate;

import cloud.enact.policy.Effect;
import cloud.enact.policy.Verdict;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;

/** What the doors for tool calls share: how a tool is named, read, allowed, and who calls it. Thread-safe. */
final class ToolGate {

    private final ActionGate gate;

    private final ActionDefinitions definitions;

    private final ArgumentBinder binder;

    private final ToolArguments arguments;

    private final ToolNames names;

    private final ToolAllowList allowList;

    private final ActorChain actors;

    private final ActionScopes scopes;

    private final List<ServedCallFinder> servedCalls;

    ToolGate(
            ActionGate gate,
            ActionDefinitions definitions,
            ArgumentBinder binder,
            ToolArguments arguments,
            ToolNames names,
            ToolAllowList allowList,
            ActorChain actors,
            ActionScopes scopes,
            List<ServedCallFinder> servedCalls) {
        this.gate = gate;
        this.definitions = definitions;
        this.binder = binder;
        this.arguments = arguments;
        this.names = names;
        this.allowList = allowList;
        this.actors = actors;
        this.scopes = scopes;
        this.servedCalls = List.copyOf(servedCalls);
    }

    ActionDefinitions definitions() {
        return this.definitions;
    }

    /** The call from outside that came with a tool context, or {@code null}. */
    @Nullable
    ServedCall served(ToolContext context) {
        for (ServedCallFinder finder : this.servedCalls) {
            ServedCall served = finder.find(context);
            if (served != null) {
                return served;
            }
        }
        return null;
    }

    ActionGate gate() {
        return this.gate;
    }

    ArgumentBinder binder() {
        return this.binder;
    }

    ToolArguments arguments() {
        return this.arguments;
    }

    ToolNames names() {
        return this.names;
    }

    ToolAllowList allowList() {
        return this.allowList;
    }

    /** Who asks: whoever asked for the action around, unless the tool context names somebody; else the resolvers know. */
    Asking asking(@Nullable Map<String, Object> toolContext) {
        Map<String, Object> context = (toolContext != null) ? toolContext : Map.of();
        return Asking.resolved(() -> {
            ActionScope around = this.scopes.current();
            return (around != null && ToolCallContext.namedActor(context) == null)
                    ? around.request().actor()
                    : this.actors.resolve(context);
        });
    }

    /** Who asks, as the call brought along or else as {@link #asking(Map)} finds out. */
    Asking asking(ToolCallContext context, @Nullable ToolContext toolContext) {
        return (context.asking() != null)
                ? context.asking()
                : asking((toolContext != null) ? toolContext.getContext() : null);
    }

    /** The action behind a callback: the operation's or the annotated method's, else one by the tool's name. */
    ActionDefinition definition(ToolCallback callback) {
        if (callback instanceof ConnectorTool operation) {
            return operation.definition();
        }
        Method method = this.names.method(callback);
        ActionDefinition governed = (method != null) ? this.definitions.find(method) : null;
        return (governed != null) ? governed : ActionDefinition.of(this.names.action(callback), null);
    }

    /** The objection against a tool that does not exist. */
    static Verdict unknownTool() {
        return new Verdict(
                VerdictNames.TOOLS,
                Effect.BLOCK,
                "There is no tool of this name. Use one of the tools you were given.",
                null);
    }
}

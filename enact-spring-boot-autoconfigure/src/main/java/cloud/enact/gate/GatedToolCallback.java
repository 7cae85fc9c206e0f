package cloud.enact.gate;

import cloud.enact.action.Arguments;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.Verdict;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.augment.AugmentedToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.metadata.ToolMetadata;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactory;

/**
 * The door for tool calls of a model: reads the arguments strictly, brings the call to the gate, and hands the tool
 * exactly the arguments that were judged. A refusal is an answer to the model, never an exception, so that the other
 * calls of the batch still run.
 */
final class GatedToolCallback implements ToolCallback, GatedTool {

    private final ToolCallback delegate;

    private final Supplier<ToolGate> toolGate;

    private final BeanFactory owner;

    /** Whether the tool may be a remote server's; the gate is not looked up for any other. */
    private final boolean perhapsRemote;

    private volatile @Nullable RemoteTool remote;

    GatedToolCallback(ToolCallback delegate, Supplier<ToolGate> toolGate, BeanFactory owner) {
        this.delegate = delegate;
        this.toolGate = toolGate;
        this.owner = owner;
        this.perhapsRemote = delegate instanceof AugmentedToolCallback<?>
                || isOfMcp(unwrap(delegate).getClass());
    }

    private static boolean isOfMcp(Class<?> type) {
        // by name: MCP need not be there
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            if (next.getName().startsWith("org.springframework.ai.mcp.")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public BeanFactory owner() {
        return this.owner;
    }

    @Override
    public ToolDefinition getToolDefinition() {
        ToolDefinition definition = this.delegate.getToolDefinition();
        RemoteTool tool = remote();
        if (tool == null || !tool.isHidden()) {
            return definition;
        }
        return ToolDefinition.builder()
                .name(definition.name())
                .description("This tool is blocked. Do not call it.")
                .inputSchema("{\"type\":\"object\"}")
                .build();
    }

    private @Nullable RemoteTool remote() {
        RemoteTool known = this.remote;
        if (known == null && this.perhapsRemote) {
            known = this.toolGate.get().names().remote(this.delegate);
            this.remote = known;
        }
        return known;
    }

    @Override
    public ToolMetadata getToolMetadata() {
        return this.delegate.getToolMetadata();
    }

    @Override
    public String call(String input) {
        return call(input, null);
    }

    @Override
    public String call(String input, @Nullable ToolContext toolContext) {
        ToolGate tools = this.toolGate.get();
        List<Verdict> objections = new ArrayList<>();
        ToolCallContext context = context(toolContext, objections);
        ActionDefinition definition = definition(tools, objections);
        Map<String, @Nullable Object> args = read(tools, input, objections);
        if (definition.method() == null && !(this.delegate instanceof ConnectorTool)) {
            Verdict objection = tools.allowList().objection(definition.name());
            if (objection != null) {
                objections.add(objection);
            }
        }
        RemoteTool tool = remote();
        if (tool != null) {
            objections.addAll(tool.objections());
        }
        ServedCall served = (toolContext != null) ? tools.served(toolContext) : null;
        AtomicBoolean entered = new AtomicBoolean();
        GateCall.Body body = () -> {
            entered.set(true);
            // while observing, arguments that can't be read go on as they are: the tool says itself what it thinks
            String judged =
                    objections.stream().anyMatch(verdict -> verdict.policy().equals(VerdictNames.ARGUMENTS))
                            ? input
                            : tools.arguments().write(args);
            return reach(tool, judged, (toolContext != null) ? context.forTool() : null);
        };
        GateCall call = new GateCall(
                definition,
                args,
                tools.names().removable(this.delegate, args),
                objections,
                tools.names().target(this.delegate),
                context.run(),
                (served != null && served.asking() != null) ? served.asking() : tools.asking(context, toolContext),
                tools.names().door(this.delegate),
                body,
                (served != null && context.conversation() == null) ? served.conversation() : context.conversation(),
                null,
                served != null);
        return call(tools.gate(), call, served, context, entered);
    }

    private String reach(@Nullable RemoteTool tool, String judged, @Nullable ToolContext toolContext) {
        try {
            return (toolContext != null) ? this.delegate.call(judged, toolContext) : this.delegate.call(judged);
        } catch (RuntimeException ex) {
            if (tool == null || tool.saidSo(ex)) {
                throw ex;
            }
            throw new OutcomeUnknownException(
                    "No answer came from the server of this tool that could be understood, so nobody knows whether it"
                            + " was done. Find out before you repeat it.",
                    ex);
        }
    }

    private String call(
            ActionGate gate,
            GateCall call,
            @Nullable ServedCall served,
            ToolCallContext context,
            AtomicBoolean entered) {
        try {
            Object answer = (served != null) ? ServedTools.call(gate, call, served, entered::get) : gate.call(call);
            return (String) Objects.requireNonNullElse(answer, "");
        } catch (ActionBlockedException ex) {
            return refused(entered.get() ? ex.toJson(call.definition().name()) : ex.toJson(), ex, served, context);
        } catch (ToolExecutionException ex) {
            ActionBlockedException inner = blockedWithin(ex);
            if (inner == null) {
                throw ex;
            }
            return refused(inner.toJson(call.definition().name()), inner, served, context);
        } catch (OutcomeUnknownException ex) {
            throw new ToolExecutionException(getToolDefinition(), ex);
        } catch (RuntimeException | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new ToolExecutionException(getToolDefinition(), ex);
        }
    }

    private static String refused(
            String refusal, ActionBlockedException cause, @Nullable ServedCall served, ToolCallContext context) {
        context.noteRefusal();
        if (served != null) {
            // whoever serves the tool makes an error of it, which an answer that looks like any other is not
            throw new ServedRefusalException(refusal, cause);
        }
        return refusal;
    }

    private static @Nullable ActionBlockedException blockedWithin(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 32; depth++) {
            if (cause instanceof ActionBlockedException blocked) {
                return blocked;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static ToolCallContext context(@Nullable ToolContext toolContext, List<Verdict> objections) {
        try {
            return ToolCallContext.of(toolContext);
        } catch (IllegalArgumentException ex) {
            objections.add(new Verdict(
                    VerdictNames.RUN,
                    Effect.BLOCK,
                    "The application named a run that is none: " + ex.getMessage() + " Ask the operator to correct it.",
                    null));
            return ToolCallContext.of((ToolContext) null);
        }
    }

    private ActionDefinition definition(ToolGate tools, List<Verdict> objections) {
        try {
            return tools.definition(this.delegate);
        } catch (EnactStartupException | PolicyConfigurationException ex) {
            // a tool object that start-up could not see
            objections.add(new Verdict(
                    VerdictNames.ANNOTATIONS,
                    Effect.BLOCK,
                    "The tool's annotations are wrong: " + ex.getMessage() + " Ask the operator to correct them.",
                    EnactMode.ENFORCE));
            return ActionDefinition.of(tools.names().action(this.delegate), null);
        }
    }

    private Map<String, @Nullable Object> read(ToolGate tools, String input, List<Verdict> objections) {
        try {
            if (this.delegate instanceof ConnectorTool operation) {
                return operation.described(tools.arguments().read(input, true));
            }
            Type inputType = tools.names().inputType(this.delegate);
            Map<String, @Nullable Object> args = tools.arguments().read(input, inputType != null);
            if (inputType != null) {
                return tools.binder().throughType(inputType, args);
            }
            Method method = tools.names().method(this.delegate);
            if (method == null) {
                return args;
            }
            if (!tools.names().isDirect(this.delegate)) {
                return bindKnown(tools.binder(), method, args);
            }
            // to the method's own types and back: "9" and 9 are judged as what the method will get
            Map<String, @Nullable Object> described =
                    tools.binder().describe(method, tools.binder().bind(method, args, true));
            ArgumentBinder.requireNothingLost(args, described);
            return described;
        } catch (ArgumentException ex) {
            objections.add(new Verdict(VerdictNames.ARGUMENTS, Effect.BLOCK, String.valueOf(ex.getMessage()), null));
            return Map.of();
        }
    }

    /** For a decorated tool: what its method takes in the method's types, what the decorator takes as it is. */
    private static Map<String, @Nullable Object> bindKnown(
            ArgumentBinder binder, Method method, Map<String, @Nullable Object> args) {
        Map<String, @Nullable Object> bound = new LinkedHashMap<>(args);
        bound.putAll(binder.describe(method, binder.bind(method, args, false)));
        return Arguments.freeze(bound);
    }

    /** The tool behind the gate, for those who only want to know what it is. */
    static ToolCallback unwrap(ToolCallback tool) {
        if (tool instanceof GatedToolCallback gated) {
            return gated.delegate;
        }
        return (AopProxyUtils.getSingletonTarget(tool) instanceof ToolCallback target) ? target : tool;
    }

    @Override
    public String toString() {
        return "Gated[" + this.delegate + "]";
    }
}

package cloud.enact.gate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.beans.factory.BeanFactory;

/** Answers a call of a tool that does not exist, and leaves a receipt of it. */
final class UnknownToolCallback implements ToolCallback, GatedTool {

    private final ToolDefinition definition;

    private final ToolGate tools;

    private final BeanFactory owner;

    UnknownToolCallback(String name, ToolGate tools, BeanFactory owner) {
        this.definition = ToolDefinition.builder()
                .name(name)
                .description("")
                .inputSchema("{}")
                .build();
        this.tools = tools;
        this.owner = owner;
    }

    @Override
    public BeanFactory owner() {
        return this.owner;
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return this.definition;
    }

    @Override
    public String call(String input) {
        return call(input, null);
    }

    @Override
    public String call(String input, @Nullable ToolContext toolContext) {
        ToolCallContext context = ToolCallContext.of(toolContext);
        GateCall call = new GateCall(
                ActionDefinition.of(ToolNames.clean(this.definition.name()), null),
                Map.of(),
                Set.of(),
                List.of(ToolGate.unknownTool()),
                null,
                context.run(),
                this.tools.asking(context, toolContext),
                Door.CALLBACK,
                () -> "There is no tool of this name.");
        try {
            return String.valueOf(this.tools.gate().call(call));
        } catch (ActionBlockedException ex) {
            context.noteRefusal();
            return ex.toJson();
        } catch (RuntimeException | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }
}

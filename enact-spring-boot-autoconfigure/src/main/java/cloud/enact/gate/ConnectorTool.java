package cloud.enact.gate;

import cloud.enact.connector.DescribedConnector;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;

/** One operation of a connector as a tool. Somebody allowed the operation, so it needs no other permission. */
final class ConnectorTool implements ToolCallback {

    private static final int LONGEST_INPUT = 4 * 1024 * 1024;

    private final DescribedConnector connector;

    private final String operation;

    private final Supplier<StepExecutor> steps;

    private final ToolArguments json = new ToolArguments(LONGEST_INPUT);

    ConnectorTool(DescribedConnector connector, String operation, Supplier<StepExecutor> steps) {
        this.connector = connector;
        this.operation = operation;
        this.steps = steps;
    }

    /** Name of the action. */
    String action() {
        return this.connector.name() + "." + this.operation;
    }

    ActionDefinition definition() {
        return ActionDefinition.of(action(), this.connector.reversibility(this.operation));
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return ToolDefinition.builder()
                .name(action().replace('.', '_'))
                .description(this.connector.description(this.operation))
                .inputSchema(this.connector.inputSchema(this.operation))
                .build();
    }

    /**
     * The arguments as the step has them, with what is preset.
     *
     * @throws ArgumentException when they are wrong
     */
    Map<String, @Nullable Object> described(Map<String, @Nullable Object> args) {
        return step(args).args();
    }

    private StepOperation step(Map<String, @Nullable Object> args) {
        try {
            return this.connector.prepare(this.operation, args);
        } catch (IllegalArgumentException ex) {
            throw new ArgumentException(String.valueOf(ex.getMessage()));
        }
    }

    @Override
    public String call(String input) {
        try {
            return this.json.write(
                    this.steps.get().perform(step(this.json.read(input, true))).output());
        } catch (RuntimeException ex) {
            // as any other tool fails, so that the model is told and the rest of the batch still runs
            throw new ToolExecutionException(getToolDefinition(), ex);
        }
    }
}

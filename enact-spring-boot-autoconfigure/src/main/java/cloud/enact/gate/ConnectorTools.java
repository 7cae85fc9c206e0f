package cloud.enact.gate;

import cloud.enact.connector.DescribedConnector;
import cloud.enact.undo.StepExecutor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/** The allowed operations of connectors as tools of a model: {@code crm.create_task} is the tool {@code crm_create_task}.
 * Thread-safe. */
public final class ConnectorTools implements ToolCallbackProvider {

    private final Supplier<List<? extends DescribedConnector>> connectors;

    private final Supplier<StepExecutor> steps;

    /**
     * Creates the provider.
     *
     * @param connectors whose operations are tools, asked when the tools are
     * @param steps performs their steps
     */
    public ConnectorTools(Supplier<List<? extends DescribedConnector>> connectors, Supplier<StepExecutor> steps) {
        this.connectors = connectors;
        this.steps = steps;
    }

    @Override
    public ToolCallback[] getToolCallbacks() {
        Map<String, ConnectorTool> tools = new TreeMap<>();
        for (DescribedConnector connector : this.connectors.get()) {
            for (String operation : connector.operations()) {
                ConnectorTool tool = new ConnectorTool(connector, operation, this.steps);
                ConnectorTool other = tools.put(tool.getToolDefinition().name(), tool);
                if (other != null) {
                    throw new EnactStartupException(
                            "The actions '" + other.action() + "' and '" + tool.action()
                                    + "' would be tools of the same name",
                            "Rename one of the connectors, or keep its operations from being tools.");
                }
            }
        }
        return tools.values().toArray(ToolCallback[]::new);
    }
}

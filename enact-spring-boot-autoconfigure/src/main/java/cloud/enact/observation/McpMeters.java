package cloud.enact.observation;

import cloud.enact.mcp.ToolPins;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The meters of MCP:
 *
 * <ul>
 *   <li>{@code enact.mcp.tool.changes}: definitions of tools that their servers changed
 * </ul>
 */
public final class McpMeters implements MeterBinder {

    private final ToolPins pins;

    public McpMeters(ToolPins pins) {
        this.pins = pins;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("enact.mcp.tool.changes", this.pins, ToolPins::changeCount)
                .description("Definitions of tools that their MCP servers changed")
                .register(registry);
    }
}

package cloud.enact.mcp;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Looks at the names of MCP clients as they are made. */
final class McpClientPostProcessor implements BeanPostProcessor {

    private final Supplier<McpConnections> connections;

    McpClientPostProcessor(Supplier<McpConnections> connections) {
        this.connections = connections;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (McpConnections.isClient(bean)
                || (bean instanceof List<?> list && list.stream().anyMatch(McpConnections::isClient))) {
            this.connections.get().claim(bean, beanName);
        }
        return bean;
    }
}

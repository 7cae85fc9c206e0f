package cloud.enact.gate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the tools of MCP clients where Spring AI's MCP support is there. */
@Configuration(proxyBeanMethods = false)
public class McpConfiguration {

    @Bean
    McpClientTools enactMcpClientTools() {
        return new McpClientTools();
    }
}

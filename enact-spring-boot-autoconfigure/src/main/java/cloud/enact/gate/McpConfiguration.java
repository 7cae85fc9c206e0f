package cloud.enact.gate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Names the tools of MCP clients where Spring AI's MCP support is there. */
@Configuration(proxyBeanMethods = false)
public class McpConfiguration {

    @Bean
    McpClientTools enactMcpClientTools(Environment environment) {
        return new McpClientTools(environment.getProperty("spring.ai.mcp.client.name", "spring-ai-mcp-client"));
    }
}

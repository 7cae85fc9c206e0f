package cloud.enact.autoconfigure;

import cloud.enact.mcp.McpConfiguration;
import cloud.enact.mcp.McpSettings;
import cloud.enact.policy.Effect;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Auto-configuration of MCP: tools of its clients and of its servers meet the gate. */
@AutoConfiguration(after = {EnactAutoConfiguration.class, EnactReceiptAutoConfiguration.class})
@ConditionalOnClass(
        value = ChatClient.class,
        name = {"org.springframework.ai.mcp.SyncMcpToolCallback", "io.modelcontextprotocol.client.McpSyncClient"})
@Import(McpConfiguration.class)
public final class EnactMcpAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    McpSettings enactMcpSettings(EnactProperties properties, Environment environment) {
        McpProperties mcp = properties.mcp();
        return new McpSettings(
                environment.getProperty("spring.ai.mcp.client.name", "spring-ai-mcp-client"),
                mcp.onChange(),
                mcp.accept(),
                switch (mcp.onDestructive()) {
                    case PASS -> Effect.PASS;
                    case ASK -> Effect.ASK;
                    case BLOCK -> Effect.BLOCK;
                },
                mcp.maxWait(),
                mcp.approvalPage());
    }
}

package cloud.enact.bench;

import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactMcpAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application that calls tools, or serves them, behind the gate. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ToolCallingAutoConfiguration.class,
    EnactAutoConfiguration.class,
    EnactMcpAutoConfiguration.class,
    EnactPolicyAutoConfiguration.class,
    EnactReceiptAutoConfiguration.class,
    EnactRollbackAutoConfiguration.class
})
class McpGovernedApplication {}

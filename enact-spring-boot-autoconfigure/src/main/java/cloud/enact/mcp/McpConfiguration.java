package cloud.enact.mcp;

import cloud.enact.action.IdGenerator;
import cloud.enact.approval.ApprovalDesk;
import cloud.enact.gate.ApprovalSettings;
import cloud.enact.gate.GateSettings;
import cloud.enact.gate.ServedTools;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Brings tools of MCP to the gate; lives beside them so that its parts stay package-private. */
@Configuration(proxyBeanMethods = false)
public class McpConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static McpServerPostProcessor enactMcpServerPostProcessor(
            ObjectProvider<ServedTools> door,
            ObjectProvider<McpServedCalls> calls,
            ConfigurableListableBeanFactory beanFactory) {
        return new McpServerPostProcessor(
                new Specifications(new ServedHandlers(door::getObject, calls::getObject), beanFactory));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static McpClientPostProcessor enactMcpClientPostProcessor(ObjectProvider<McpConnections> connections) {
        return new McpClientPostProcessor(connections::getObject);
    }

    @Bean
    McpConnections enactMcpConnections(McpSettings settings) {
        return new McpConnections(settings.clientName());
    }

    @Bean
    McpClientTools enactMcpClientTools(
            McpConnections connections, McpSettings settings, GateSettings gate, ObjectProvider<ToolPins> pins) {
        return new McpClientTools(connections, settings, gate.mode(), pins::getObject);
    }

    @Bean
    ToolPins enactToolPins(
            ReceiptLog receipts,
            ReceiptStore store,
            McpSettings settings,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        return new ToolPins(receipts, store, settings, ids, clock);
    }

    @Bean
    McpServedCalls enactMcpServedCalls(
            McpSettings settings, ObjectProvider<ApprovalDesk> desk, ObjectProvider<ApprovalSettings> approvals) {
        return new McpServedCalls(new Invitations(settings, desk::getIfAvailable, approvals::getIfAvailable));
    }
}

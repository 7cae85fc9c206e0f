package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalDesk;
import cloud.enact.gate.GateState;
import cloud.enact.mcp.ToolPins;
import cloud.enact.observation.ApprovalMeters;
import cloud.enact.observation.CheckpointMeters;
import cloud.enact.observation.EnactMeters;
import cloud.enact.observation.McpMeters;
import cloud.enact.observation.ReceiptMeters;
import cloud.enact.observation.SearchMeters;
import cloud.enact.observation.StepMeters;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.search.TextProjection;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of meters, where Micrometer is there. */
@AutoConfiguration(
        after = {
            EnactAutoConfiguration.class,
            EnactReceiptSearchAutoConfiguration.class,
            EnactMcpAutoConfiguration.class,
            EnactApprovalAutoConfiguration.class
        })
@ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
@ConditionalOnBean(GateState.class)
public final class EnactMetersAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EnactMeters enactMeters(GateState gate, PolicySet policies, ReceiptLog receipts) {
        return new EnactMeters(gate, policies, receipts);
    }

    @Bean
    @ConditionalOnMissingBean
    CheckpointMeters enactCheckpointMeters(ReceiptLog receipts, @Qualifier("enactClock") Clock clock) {
        return new CheckpointMeters(receipts, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    ReceiptMeters enactReceiptMeters(ObjectProvider<ReceiptLog> receipts) {
        return new ReceiptMeters(receipts::getObject);
    }

    @Bean
    @ConditionalOnBean(TextProjection.class)
    @ConditionalOnMissingBean
    SearchMeters enactSearchMeters(TextProjection projection) {
        return new SearchMeters(projection);
    }

    @Bean
    @ConditionalOnBean(ApprovalDesk.class)
    @ConditionalOnMissingBean
    ApprovalMeters enactApprovalMeters() {
        return new ApprovalMeters();
    }

    @Bean
    @ConditionalOnBean(ToolPins.class)
    @ConditionalOnMissingBean
    McpMeters enactMcpMeters(ToolPins pins) {
        return new McpMeters(pins);
    }

    @Bean
    @ConditionalOnMissingBean
    StepMeters enactStepMeters() {
        return new StepMeters();
    }
}

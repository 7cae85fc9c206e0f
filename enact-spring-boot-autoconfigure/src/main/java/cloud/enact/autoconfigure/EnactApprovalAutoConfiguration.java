package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalAliases;
import cloud.enact.approval.ApprovalDesk;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.OpenLimits;
import cloud.enact.gate.ApprovalConfiguration;
import cloud.enact.gate.ApprovalSettings;
import cloud.enact.gate.EnactStartupException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Auto-configuration of asking people where policies want that. */
@AutoConfiguration(
        after = {EnactAutoConfiguration.class, EnactReceiptAutoConfiguration.class},
        afterName = "cloud.enact.autoconfigure.EnactApprovalStoreAutoConfiguration")
@ConditionalOnClass(ChatClient.class)
@ConditionalOnProperty("enact.approval.enabled")
@Import(ApprovalConfiguration.class)
public final class EnactApprovalAutoConfiguration {

    private static final Log logger = LogFactory.getLog(EnactApprovalAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    ApprovalSettings enactApprovalSettings(EnactProperties properties) {
        ApprovalProperties approval = properties.approval();
        return new ApprovalSettings(approval.mode(), approval.timeout(), approval.maxWait());
    }

    @Bean
    @ConditionalOnMissingBean
    OpenLimits enactOpenApprovalLimits(EnactProperties properties) {
        ApprovalProperties.Open open = properties.approval().open();
        try {
            return new OpenLimits(open.maxPerRun(), open.maxPerRequester(), open.max());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "enact.approval.open can't be used: " + ex.getMessage() + ".",
                    "Set its limits to at least one, or leave them out.",
                    ex);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    ApprovalStore enactApprovalStore() {
        logger.warn("Requests for approval are kept in memory only and are lost with this process");
        return ApprovalStore.inMemory();
    }

    @Bean
    @ConditionalOnMissingBean
    ApprovalAliases enactApprovalAliases(EnactProperties properties) {
        try {
            return new ApprovalAliases(properties.approval().aliases());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "Nobody can tell who is who: in enact.approval.aliases " + ex.getMessage() + ".",
                    "Put all names of one person below one of them.",
                    ex);
        }
    }

    @Bean
    ExpiringApprovals enactExpiringApprovals(ApprovalDesk desk) {
        return new ExpiringApprovals(desk);
    }
}

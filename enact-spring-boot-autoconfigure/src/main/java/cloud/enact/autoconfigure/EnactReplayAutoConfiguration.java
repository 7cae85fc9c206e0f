package cloud.enact.autoconfigure;

import cloud.enact.policy.PolicyFileReader;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.file.PolicyFiles;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of replays: what other policies would have said of recorded calls. */
@AutoConfiguration(after = {EnactPolicyAutoConfiguration.class, EnactReceiptAutoConfiguration.class})
@ConditionalOnBean({PolicySet.class, PolicySetFactory.class, ReceiptStore.class})
public final class EnactReplayAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ProposedPolicies enactProposedPolicies(
            PolicySet policies, PolicySetFactory factory, ObjectProvider<PolicyFileReader> readers) {
        return new ProposedPolicies(
                policies, factory, new PolicyFiles(readers.orderedStream().toList()));
    }

    @Bean
    @ConditionalOnMissingBean
    PolicyReplay enactPolicyReplay(ReceiptStore store, ReceiptContents contents) {
        return new PolicyReplay(store, contents);
    }
}

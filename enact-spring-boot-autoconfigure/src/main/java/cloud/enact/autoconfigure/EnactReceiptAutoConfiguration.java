package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLimits;
import cloud.enact.receipt.ReceiptSigner;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Auto-configuration of the receipt log: keys, masking, store. */
@AutoConfiguration
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactReceiptAutoConfiguration {

    @Bean(defaultCandidate = false)
    Clock enactClock(ObjectProvider<Clock> clock) {
        return clock.getIfUnique(Clock::systemUTC);
    }

    @Bean
    @ConditionalOnMissingBean
    IdGenerator enactIdGenerator(@Qualifier("enactClock") Clock clock) {
        return IdGenerator.uuidV7(clock);
    }
}

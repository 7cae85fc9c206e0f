package cloud.enact.autoconfigure;

import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.CheckpointSink;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/** Configuration of checkpoints: their keys, and the log that makes them. */
@Configuration(proxyBeanMethods = false)
class CheckpointConfiguration {

    private static ConfiguredCheckpointKeys configured(EnactProperties properties, ResourceLoader resources) {
        return new ConfiguredCheckpointKeys(properties.receipts().checkpoints(), resources);
    }

    @Bean
    @ConditionalOnMissingBean
    CheckpointSigner enactCheckpointSigner(ReceiptKeys keys, EnactProperties properties, ResourceLoader resources) {
        return configured(properties, resources).signer(keys.signer());
    }

    @Bean
    @ConditionalOnMissingBean
    CheckpointKeys enactCheckpointKeys(
            CheckpointSigner signer, ReceiptKeys keys, EnactProperties properties, ResourceLoader resources) {
        return configured(properties, resources).keys(signer, keys);
    }

    @Bean
    ConfiguredReceiptLog enactConfiguredReceiptLog(
            EnactProperties properties,
            ReceiptKeys keys,
            Masking masking,
            CheckpointSigner signer,
            CheckpointKeys checkpointKeys,
            ObjectProvider<CheckpointSink> sinks,
            ObjectProvider<AnchorSource> sources,
            @Qualifier("enactClock") Clock clock) {
        return new ConfiguredReceiptLog(
                properties.receipts(),
                keys,
                masking,
                signer,
                checkpointKeys,
                sinks.orderedStream().toList(),
                sources.orderedStream().toList(),
                clock);
    }
}

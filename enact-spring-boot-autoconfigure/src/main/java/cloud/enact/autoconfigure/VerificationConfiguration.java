package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.SignedHeads;
import cloud.enact.receipt.VerificationListener;
import cloud.enact.receipt.VerificationWatch;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configuration of verification: when asked, and in the background. */
@Configuration(proxyBeanMethods = false)
class VerificationConfiguration {

    /** The log as it is, or one that stops with the first problem. */
    static ReceiptLog guarded(ReceiptLog log, VerificationWatch watch, EnactProperties properties) {
        return (properties.receipts().verification().onProblem() == VerificationProperties.OnProblem.BLOCK)
                ? log.guardedBy(() -> watch.status().problem())
                : log;
    }

    @Bean
    @ConditionalOnMissingBean
    ReceiptVerifier enactReceiptVerifier(
            ReceiptStore store, ReceiptKeys keys, CheckpointKeys checkpointKeys, ReceiptContents contents) {
        return new ReceiptVerifier(store, keys)
                .with(SignedHeads.of(checkpointKeys, store))
                .decrypting(contents);
    }

    @Bean
    @ConditionalOnMissingBean
    VerificationWatch enactVerificationWatch(
            ReceiptStore store,
            ReceiptKeys keys,
            CheckpointKeys checkpointKeys,
            ObjectProvider<AnchorSource> sources,
            ObjectProvider<VerificationListener> listeners,
            EnactProperties properties,
            @Qualifier("enactClock") Clock clock) {
        VerificationProperties verification = properties.receipts().verification();
        if (verification.rate() < 1) {
            throw new EnactStartupException(
                    "Receipts can't be verified at a rate of " + verification.rate() + " in a second.",
                    "Set enact.receipts.verification.rate to at least 1, or interval to 0 to do without.");
        }
        return new VerificationWatch(
                store,
                keys,
                checkpointKeys,
                sources.orderedStream().toList(),
                verification.fullInterval(),
                verification.rate(),
                clock,
                listeners.orderedStream().toList());
    }

    @Bean
    ScheduledVerification enactScheduledVerification(VerificationWatch watch, EnactProperties properties) {
        return new ScheduledVerification(properties.receipts().verification().interval(), watch);
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.gate.ActionsInFlight;
import cloud.enact.gate.RegisteredActions;
import cloud.enact.observation.RecoveryMeters;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of what settles actions whose outcome was lost. */
@AutoConfiguration(after = EnactReceiptAutoConfiguration.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactRecoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RecoveryService enactRecoveryService(
            ReceiptStore store,
            ReceiptLog receipts,
            ReceiptVerifier verifier,
            UndoLog undoLog,
            ListableBeanFactory beans,
            ActionsInFlight inFlight,
            ObjectProvider<RegisteredActions> actions,
            @Qualifier("enactClock") Clock clock) {
        return RecoveryService.over(store, receipts, verifier, undoLog)
                .undos(ConnectorUndos.of(beans))
                .inFlight(inFlight::test)
                .stepsOnly(action -> actions.stream().anyMatch(known -> known.isConnectorOperation(action)))
                .build(clock);
    }

    @Bean
    StartupRecovery enactStartupRecovery(RecoveryService recovery, EnactProperties properties) {
        ReceiptProperties receipts = properties.receipts();
        boolean leased = receipts.store() == ReceiptProperties.StoreKind.JDBC;
        return new StartupRecovery(
                recovery, properties.recovery(), leased ? receipts.jdbc().lease() : null);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
    static class Meters {

        @Bean
        @ConditionalOnMissingBean
        RecoveryMeters enactRecoveryMeters(ReceiptStore store, ReceiptLog receipts, ActionsInFlight inFlight) {
            return new RecoveryMeters(new InDoubtRuns(store, receipts.id()), inFlight::test);
        }
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.gate.ActionsInFlight;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.rollback.RollbackGate;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepListener;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the way back. */
@AutoConfiguration(after = EnactReceiptAutoConfiguration.class)
public final class EnactRollbackAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RollbackService enactRollbackService(
            ReceiptStore store,
            ReceiptLog receipts,
            ReceiptVerifier verifier,
            UndoLog undoLog,
            BlobStore blobs,
            ListableBeanFactory beans,
            ActionsInFlight inFlight,
            ObjectProvider<RollbackGate> gate,
            ObjectProvider<StepListener> listeners,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        return RollbackService.over(store, receipts, verifier, undoLog)
                .undos(ConnectorUndos.of(beans))
                .blobs(blobs)
                .inFlight(inFlight::test)
                .gate(gate.getIfAvailable(() -> RollbackGate.OPEN))
                .listener(StepListener.all(listeners.orderedStream().toList()))
                .build(ids, clock);
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.connector.Connector;
import cloud.enact.gate.ActionsInFlight;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.rollback.RollbackGate;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
            ObjectProvider<StepUndo> undos,
            ObjectProvider<Connector> connectors,
            ActionsInFlight inFlight,
            ObjectProvider<RollbackGate> gate,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        // connectors for one database share the way back
        Set<StepUndo> all = new LinkedHashSet<>(undos.orderedStream().toList());
        connectors.orderedStream().map(Connector::undo).forEach(all::add);
        return RollbackService.over(store, receipts, verifier, undoLog)
                .undos(List.copyOf(all))
                .blobs(blobs)
                .inFlight(inFlight::test)
                .gate(gate.getIfAvailable(() -> RollbackGate.OPEN))
                .build(ids, clock);
    }
}

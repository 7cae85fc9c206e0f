package cloud.enact.gate;

import cloud.enact.action.IdGenerator;
import cloud.enact.approval.ApprovalAliases;
import cloud.enact.approval.ApprovalDesk;
import cloud.enact.approval.ApprovalListener;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.OpenLimits;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has the gate ask people. */
@Configuration(proxyBeanMethods = false)
public class ApprovalConfiguration {

    @Bean
    ApprovalDesk enactApprovalDesk(
            ApprovalStore store,
            ReceiptLog receipts,
            ReceiptStore receiptStore,
            ReceiptKeys keys,
            ObjectProvider<ApprovalListener> listeners,
            ObjectProvider<ApprovalAliases> aliases,
            IdGenerator ids,
            ObjectProvider<OpenLimits> limits,
            @Qualifier("enactClock") Clock clock) {
        return ApprovalDesk.of(
                store,
                new ApprovalReceipts(receipts, new ApprovalTrail(receiptStore, keys), clock),
                listeners.orderedStream().toList(),
                aliases.getIfAvailable(ApprovalAliases::none),
                ids,
                clock,
                limits.getIfAvailable(() -> OpenLimits.DEFAULTS));
    }

    @Bean
    Consents enactConsents(
            ApprovalDesk desk,
            FailClosed decisions,
            ObjectProvider<TransactionBoundary> transactions,
            ReceiptSigner signer,
            Masking masking,
            ApprovalSettings settings,
            @Qualifier("enactClock") Clock clock) {
        return new AskedPeople(
                desk,
                new Questions(new CallDigests(signer.derive(CallDigests.PURPOSE)), masking, settings.timeout(), clock),
                decisions,
                transactions.getIfAvailable(TransactionBoundary::none),
                settings);
    }
}

package cloud.enact.gate;

import cloud.enact.action.IdGenerator;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepListener;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has the gate perform the steps of actions. */
@Configuration(proxyBeanMethods = false)
class StepConfiguration {

    @Bean
    StepExecutor enactStepExecutor(
            ActionScopes scopes,
            FailClosed decisions,
            ObjectProvider<Consents> consents,
            PolicySet policies,
            ReceiptLog receipts,
            UndoLog undoLog,
            BlobStore blobs,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock,
            GateSettings settings,
            GateState state,
            ObjectProvider<StepListener> listeners,
            ObjectProvider<LogLease> leases) {
        GatedSteps steps = new GatedSteps(
                scopes,
                decisions,
                consents.getIfAvailable(() -> new NobodyAsked(settings.mode())),
                new StepReceipts(receipts, policies, clock, settings.mode(), state),
                new StepRecords(undoLog),
                blobs,
                ids,
                clock,
                settings.mode(),
                state,
                new LeaseGuard(leases.stream().toList()));
        return new ToldSteps(steps, StepListener.all(listeners.orderedStream().toList()));
    }

    @Bean
    StepUndo enactMethodUndo(ActionDefinitions definitions, ArgumentBinder binder, BeanFactory beanFactory) {
        return new MethodUndo(definitions, binder, beanFactory);
    }
}

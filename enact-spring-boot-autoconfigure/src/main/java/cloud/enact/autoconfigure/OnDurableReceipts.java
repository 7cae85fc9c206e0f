package cloud.enact.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/** Matches unless receipts are kept in memory. */
final class OnDurableReceipts extends NoneNestedConditions {

    OnDurableReceipts() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty(name = "enact.receipts.store", havingValue = "memory")
    static class InMemory {}
}

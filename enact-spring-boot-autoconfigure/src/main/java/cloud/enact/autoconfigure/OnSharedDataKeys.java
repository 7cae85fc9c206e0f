package cloud.enact.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/** Matches unless data keys are kept in a file that somebody named. */
final class OnSharedDataKeys extends NoneNestedConditions {

    OnSharedDataKeys() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("enact.receipts.encryption.data-keys-file")
    static class InFile {}
}

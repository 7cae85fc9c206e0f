package cloud.enact.autoconfigure;

import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Matches when something is to be encrypted, or was, and there is a key to read it with. */
final class OnEncryptionKey extends AnyNestedCondition {

    OnEncryptionKey() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("enact.receipts.encryption.enabled")
    static class Enabled {}

    @ConditionalOnProperty("enact.receipts.encryption.key")
    static class Key {}

    @ConditionalOnProperty("enact.receipts.encryption.key-file")
    static class KeyFile {}

    @ConditionalOnProperty(EncryptionKeys.VARIABLE)
    static class Variable {}

    @ConditionalOnBean(MasterKey.class)
    static class Bean {}

    @ConditionalOnBean(MasterKeys.class)
    static class Beans {}
}

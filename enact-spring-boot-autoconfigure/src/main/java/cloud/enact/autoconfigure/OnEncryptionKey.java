package cloud.enact.autoconfigure;

import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when something is to be encrypted, or was, and there is a key to read it with. */
final class OnEncryptionKey extends AnyNestedCondition {

    OnEncryptionKey() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("enact.receipts.encryption.enabled")
    static class Enabled {}

    @Conditional(KeyIsSet.class)
    static class Key {}

    @ConditionalOnProperty(EncryptionKeys.VARIABLE)
    static class Variable {}

    @ConditionalOnBean(MasterKey.class)
    static class Bean {}

    @ConditionalOnBean(MasterKeys.class)
    static class Beans {}

    /** Looks at no value: one that names a variable that is not there is refused with what to do by who reads it. */
    static final class KeyIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            return environment.containsProperty("enact.receipts.encryption.key")
                    || environment.containsProperty("enact.receipts.encryption.key-file");
        }
    }
}

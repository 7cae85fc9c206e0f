package cloud.enact.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code enact.http.connectors} names one. */
final class OnHttpConnectors extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean connectors = Binder.get(context.getEnvironment())
                .bind(HttpConnectorRegistrar.KEY, Bindable.mapOf(String.class, Object.class))
                .isBound();
        ConditionMessage.Builder message = ConditionMessage.forCondition("Connectors for HTTP");
        return connectors
                ? ConditionOutcome.match(message.found("property").items(HttpConnectorRegistrar.KEY))
                : ConditionOutcome.noMatch(message.didNotFind("property").items(HttpConnectorRegistrar.KEY));
    }
}

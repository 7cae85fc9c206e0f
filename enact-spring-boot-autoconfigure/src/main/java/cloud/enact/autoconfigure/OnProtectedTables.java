package cloud.enact.autoconfigure;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code enact.postgres.protect} names a table, or there is a connector for rows. */
final class OnProtectedTables extends SpringBootCondition {

    private static final String PROTECT = "enact.postgres.protect";

    private static final String CONNECTORS = "enact.postgres.connectors";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        List<String> protect = Binder.get(context.getEnvironment())
                .bind(PROTECT, Bindable.listOf(String.class))
                .orElse(List.of());
        ConditionMessage.Builder message = ConditionMessage.forCondition("Protected tables");
        boolean connectors = Binder.get(context.getEnvironment())
                .bind(CONNECTORS, Bindable.mapOf(String.class, Object.class))
                .isBound();
        return (protect.isEmpty() && !connectors)
                ? ConditionOutcome.noMatch(message.didNotFind("property").items(PROTECT, CONNECTORS))
                : ConditionOutcome.match(message.found("property").items(PROTECT, CONNECTORS));
    }
}

package cloud.enact.autoconfigure;

import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether one of some properties names people, as a list or separated by commas. */
abstract class OnNamedPeople extends SpringBootCondition {

    private final List<String> properties;

    OnNamedPeople(String... properties) {
        this.properties = List.of(properties);
    }

    @Override
    public final ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Binder binder = Binder.get(context.getEnvironment());
        ConditionMessage.Builder message = ConditionMessage.forCondition("People to ask");
        for (String property : this.properties) {
            if (!binder.bind(property, Bindable.setOf(String.class))
                    .orElse(Set.of())
                    .isEmpty()) {
                return ConditionOutcome.match(message.found("property").items(property));
            }
        }
        return ConditionOutcome.noMatch(message.didNotFind("property").items(this.properties));
    }
}

package cloud.enact.autoconfigure;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Names the properties that Enact does not have. The analyzer of Spring Boot shows values, and one may be a token. */
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException>
        implements Ordered {

    private static final ConfigurationPropertyName ENACT = ConfigurationPropertyName.of("enact");

    @Override
    public int getOrder() {
        // before that of Spring Boot, which has no order
        return 0;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        if (!cause.getUnboundProperties().stream().allMatch(property -> ENACT.isAncestorOf(property.getName()))) {
            return null;
        }
        String properties = cause.getUnboundProperties().stream()
                .map(UnknownPropertyFailureAnalyzer::describe)
                .collect(Collectors.joining());
        return new FailureAnalysis(
                "Enact has no property of this name:\n" + properties,
                "Correct or remove it. The page Configuration of the documentation lists all properties."
                        + " A key that holds a dot is written in brackets, such as \"[a.b]\".",
                cause);
    }

    private static String describe(ConfigurationProperty property) {
        String name = "\n    " + property.getName();
        return (property.getOrigin() != null) ? name + " (" + property.getOrigin() + ")" : name;
    }
}

package cloud.enact.autoconfigure;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names keys that do not exist without their values: a misspelled key may hold a token. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        boolean ours = cause.getUnboundProperties().stream()
                .allMatch(property -> property.getName().toString().startsWith("enact."));
        if (!ours) {
            return null;
        }
        return new FailureAnalysis(
                "There are no such properties:\n"
                        + cause.getUnboundProperties().stream()
                                .map(UnknownPropertyFailureAnalyzer::place)
                                .collect(Collectors.joining("\n")),
                "Correct their names, see docs/configuration.md. Their values are not shown, because they may be secret.",
                cause);
    }

    private static String place(ConfigurationProperty property) {
        return "    " + property.getName()
                + ((property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "");
    }
}

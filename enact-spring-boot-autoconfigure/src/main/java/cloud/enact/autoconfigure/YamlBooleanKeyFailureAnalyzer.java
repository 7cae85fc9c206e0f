package cloud.enact.autoconfigure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains the bare {@code ClassCastException} that a YAML key such as {@code on:} leads to. */
final class YamlBooleanKeyFailureAnalyzer extends AbstractFailureAnalyzer<ClassCastException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ClassCastException cause) {
        boolean yaml = Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith("YamlProcessor"));
        if (!yaml || !String.valueOf(cause.getMessage()).contains("java.lang.Boolean")) {
            return null;
        }
        return new FailureAnalysis(
                "A YAML configuration file has a bare on, off, yes or no as a key, which YAML 1.1 reads as a boolean.",
                "Quote the key. In enact.policies, for example: \"on\": \"postgres.*\"",
                cause);
    }
}

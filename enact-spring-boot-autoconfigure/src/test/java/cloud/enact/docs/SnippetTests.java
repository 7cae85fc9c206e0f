package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.policy.Effect;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.cel.CelExpressionCompiler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What people copy from the pages works. */
class SnippetTests {

    private static final List<String> PAGES = List.of(
            "../README.md",
            "getting-started.md",
            "migration.md",
            "configuration.md",
            "policies.md",
            "expressions.md",
            "approvals.md",
            "console.md",
            "api.md",
            "receipts.md",
            "rollback.md",
            "postgresql.md",
            "postgresql-connector.md",
            "github-connector.md",
            "http-connector.md");

    private static final Pattern EXPRESSION = Pattern.compile("@Policy\\((block|ask) = \"([^\"]+)\"");

    static Stream<String> configurations() throws IOException {
        List<String> found = new ArrayList<>();
        for (String page : PAGES) {
            Snippets.of(page, "yaml").stream()
                    .filter(snippet -> snippet.startsWith("enact:"))
                    .forEach(found::add);
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aConfigurationIsUnderstoodDownToItsPolicies(String yaml) throws IOException {

        new ApplicationContextRunner()
                .withInitializer(Snippets.configuring(yaml))
                .withPropertyValues("ENACT_SECRET=s", "ENACT_FORMER_SECRET=f", "CRM_EU_TOKEN=e", "CRM_US_TOKEN=u")
                .withConfiguration(AutoConfigurations.of(EnactPolicyAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(PolicySet.class));
    }

    @Test
    void theExpressionsInAnnotationsCompile() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (String page : PAGES) {
            EXPRESSION.matcher(DocsFolder.read(page)).results().forEach(result -> expressions.add(result.group(2)));
        }

        assertThat(expressions)
                .isNotEmpty()
                .allSatisfy(expression -> assertThatCode(() -> new CelExpressionCompiler()
                                .compile("docs", Effect.BLOCK, expression, "", OnError.BLOCK, "docs"))
                        .doesNotThrowAnyException());
    }
}

package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.gate.EnactStartupException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Connectors that are configured, in an application that lacks their library. */
class ConnectorLibrariesTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    ToolCallingAutoConfiguration.class,
                    EnactAutoConfiguration.class,
                    EnactPolicyAutoConfiguration.class,
                    EnactReceiptAutoConfiguration.class,
                    EnactGitHubAutoConfiguration.class,
                    EnactSlackAutoConfiguration.class,
                    EnactEmailAutoConfiguration.class,
                    EnactRollbackAutoConfiguration.class))
            .withPropertyValues(
                    "enact.signing.secret=a-secret-for-tests-that-is-long-enough", "enact.receipts.store=memory");

    @ParameterizedTest
    @CsvSource({
        "github, org.kohsuke.github, org.kohsuke:github-api",
        "slack, com.slack.api, com.slack.api:slack-api-client",
        "email, jakarta.mail, org.springframework.boot:spring-boot-starter-mail",
        "email, org.springframework.mail, org.springframework.boot:spring-boot-starter-mail",
        "postgres, org.postgresql, org.postgresql:postgresql"
    })
    void aConnectorWhoseLibraryIsMissingStopsTheStartAndNamesIt(String kind, String hidden, String artifact) {
        this.application
                .withClassLoader(new FilteredClassLoader(hidden))
                .withPropertyValues("enact." + kind + ".connectors.work.operations=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(EnactStartupException.class, failure -> {
                            assertThat(failure.getDescription()).contains("enact." + kind + ".connectors");
                            assertThat(failure.getAction()).contains(artifact);
                        }));
    }

    @ParameterizedTest
    @CsvSource({"org.kohsuke.github", "com.slack.api", "jakarta.mail"})
    void aLibraryThatNobodyConfiguredIsNotMissed(String hidden) {
        // the rest of the gate makes proxies, which that class loader can't
        new ApplicationContextRunner()
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new ConnectorLibraries(context.getEnvironment())))
                .withClassLoader(new FilteredClassLoader(hidden))
                .run(context -> assertThat(context).hasNotFailed());
    }
}

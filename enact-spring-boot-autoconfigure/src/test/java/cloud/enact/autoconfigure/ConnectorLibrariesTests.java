package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.gate.EnactStartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Applications without the libraries that connectors need. */
class ConnectorLibrariesTests {

    @ParameterizedTest
    @CsvSource({
        "org.kohsuke.github, github, org.kohsuke:github-api",
        "com.slack.api, slack, com.slack.api:slack-api-client",
        "org.springframework.mail, email, org.springframework.boot:spring-boot-starter-mail",
        "jakarta.mail, email, org.springframework.boot:spring-boot-starter-mail",
        "org.postgresql, postgres, org.postgresql:postgresql"
    })
    void aConnectorWithoutItsLibraryStopsTheApplication(String library, String kind, String artifact) {
        ApplicationContextRunner without = new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(library))
                .withConfiguration(AutoConfigurations.of(EnactAutoConfiguration.class))
                .withPropertyValues("enact." + kind + ".connectors.work.operations=anything");

        without.run(context -> assertThat(context.getStartupFailure())
                .isInstanceOf(EnactStartupException.class)
                .hasMessageContaining("enact." + kind + ".connectors")
                .hasMessageContaining(artifact));
    }

    @Test
    void withoutConnectorsNoLibraryIsMissed() {
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(
                        "org.kohsuke.github", "com.slack.api", "org.springframework.mail", "org.postgresql"))
                .withUserConfiguration(Checked.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Configuration(proxyBeanMethods = false)
    static class Checked {

        @Bean
        static ConnectorLibraries libraries(Environment environment) {
            return new ConnectorLibraries(environment);
        }
    }
}

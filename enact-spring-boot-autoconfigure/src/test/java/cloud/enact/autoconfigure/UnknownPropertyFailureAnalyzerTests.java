package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What an application says of keys that do not exist. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyFailureAnalyzerTests {

    @Test
    void aKeyThatIsMisspelledIsNamedAndItsValueNotShown(CapturedOutput output) {
        assertThatThrownBy(() -> start("--enact.slack.connectors.work.tokn=xoxb-1-hidden"));

        assertThat(output)
                .contains("enact.slack.connectors.work.tokn")
                .contains("APPLICATION FAILED TO START")
                .doesNotContain("xoxb-1-hidden");
    }

    @Test
    void aKeyWithoutAnyMeaningIsNamedAndItsValueNotShown(CapturedOutput output) {
        assertThatThrownBy(() -> start("--enact.signing.secrt=a-secret-hidden"));

        assertThat(output).contains("enact.signing.secrt").doesNotContain("a-secret-hidden");
    }

    private static void start(String argument) {
        new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(argument)
                .close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EnactProperties.class)
    static class Application {}
}

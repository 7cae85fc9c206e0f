package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What an application says that is configured with a property Enact does not have. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyTests {

    @Test
    void itsNameIsShownAndItsValueIsNot(CapturedOutput output) {
        refuses("enact.slack.connectors.a.b.token", "xoxb-keep-me-secret");
        assertThat(output)
                .contains("Enact has no property of this name", "enact.slack.connectors.a.b.token", "commandLineArgs")
                .doesNotContain("xoxb-keep-me-secret", "Bindable@");
    }

    @Test
    void whatIsMistypedIsNamed(CapturedOutput output) {
        refuses("enact.github.connectors.work.repository", "acme/shop");
        assertThat(output).contains("enact.github.connectors.work.repository", "Correct or remove it");
    }

    private static void refuses(String name, String value) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .run("--" + name + "=" + value)
                        .close())
                .hasMessageNotContaining(value);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(EnactEndpointAutoConfiguration.class)
    static class Application {}
}

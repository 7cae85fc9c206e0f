package cloud.enact.api;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.autoconfigure.EnactApiAutoConfiguration;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactReplayAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Where the API is not meant to be. */
class ClosedApiTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(
            EnactPolicyAutoConfiguration.class,
            EnactReceiptAutoConfiguration.class,
            EnactReplayAutoConfiguration.class,
            EnactAutoConfiguration.class,
            EnactRollbackAutoConfiguration.class,
            EnactApiAutoConfiguration.class);

    private static final String[] PROPERTIES = {
        "enact.receipts.store=memory",
        "enact.undo.directory=${java.io.tmpdir}/enact-closed-api-tests",
        "enact.signing.secret=a-secret-for-tests-that-is-long-enough"
    };

    private final WebApplicationContextRunner web =
            new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS).withPropertyValues(PROPERTIES);

    @Test
    void itIsThereOnlyWhenSwitchedOn() {
        this.web.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ApiController.class));
        this.web
                .withPropertyValues("enact.api.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ApiController.class));
        this.web
                .withPropertyValues("enact.api.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ApiController.class));
    }

    @Test
    void anApplicationWithoutAWebServerStartsWithoutIt() {
        new ApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues(PROPERTIES)
                .withPropertyValues("enact.api.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ApiController.class));
    }
}

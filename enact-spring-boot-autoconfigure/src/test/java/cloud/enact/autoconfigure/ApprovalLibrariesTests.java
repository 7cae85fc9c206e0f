package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.EnactStartupException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class ApprovalLibrariesTests {

    @Test
    void whatIsThereIsNotMissed() {
        ApprovalLibraries all = new ApprovalLibraries(getClass().getClassLoader());

        assertThatCode(() -> {
                    all.requirePages();
                    all.requireMail();
                    all.requireSlack();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aMissingLibraryIsNamed() {
        assertMissed("com.samskivert", ApprovalLibraries::requirePages, "com.samskivert:jmustache");
        assertMissed("jakarta.mail", ApprovalLibraries::requireMail, "spring-boot-starter-mail");
        assertMissed("org.springframework.mail", ApprovalLibraries::requireMail, "spring-boot-starter-mail");
        assertMissed("com.slack.api", ApprovalLibraries::requireSlack, "com.slack.api:slack-api-client");
    }

    private static void assertMissed(String hidden, Consumer<ApprovalLibraries> check, String artifact) {
        assertThatExceptionOfType(EnactStartupException.class)
                .isThrownBy(() -> check.accept(new ApprovalLibraries(new FilteredClassLoader(hidden))))
                .satisfies(failure -> assertThat(failure.getAction()).contains(artifact));
    }
}

package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactConsoleAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRecoveryAutoConfiguration;
import cloud.enact.autoconfigure.EnactReplayAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import cloud.enact.gate.EnactStartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** When the console is there, and what keeps an application from starting with it. */
@ExtendWith(OutputCaptureExtension.class)
class ConsoleStartupTests {

    private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(
            EnactPolicyAutoConfiguration.class,
            EnactReceiptAutoConfiguration.class,
            EnactReplayAutoConfiguration.class,
            EnactAutoConfiguration.class,
            EnactRollbackAutoConfiguration.class,
            EnactRecoveryAutoConfiguration.class,
            EnactConsoleAutoConfiguration.class);

    private static final String[] PROPERTIES = {
        "enact.receipts.store=memory",
        "enact.undo.directory=${java.io.tmpdir}/enact-console-tests",
        "enact.signing.secret=a-secret-for-tests-that-is-long-enough"
    };

    private static final String SHOWN = "Console credential, shown this once";

    @TempDir
    private Path folder;

    private final WebApplicationContextRunner web =
            new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS).withPropertyValues(PROPERTIES);

    private final WebApplicationContextRunner enabled = this.web.withPropertyValues("enact.console.enabled=true");

    @Test
    void itIsThereOnlyWhenSwitchedOn() {
        this.web.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsoleHandler.class));
        this.web
                .withPropertyValues("enact.console.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsoleHandler.class));
        this.enabled.run(context -> assertThat(context).hasNotFailed().hasSingleBean(ConsoleHandler.class));
    }

    @Test
    void anApplicationWithoutAWebServerStartsWithoutIt() {
        new ApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues(PROPERTIES)
                .withPropertyValues("enact.console.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsoleHandler.class));
    }

    private static void assertStops(WebApplicationContextRunner runner, String problem, String remedy) {
        runner.run(context -> {
            Throwable failure = context.getStartupFailure();
            while (failure != null && !(failure instanceof EnactStartupException)) {
                failure = failure.getCause();
            }
            assertThat(failure).isInstanceOfSatisfying(EnactStartupException.class, ex -> {
                assertThat(ex.getDescription()).contains(problem);
                assertThat(ex.getAction()).contains(remedy);
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"enact", "/", "/enact/", "/a/../b", "/a b", "/{x}", "/*", "//a"})
    void aPathThatIsNoneIsRefused(String path) {
        assertStops(
                this.enabled.withPropertyValues("enact.console.path=" + path),
                "enact.console.path",
                "enact.console.path");
    }

    @Test
    void theCredentialIsShownAtTheFirstStartAndNeverAgain(CapturedOutput output) {
        Path file = this.folder.resolve("console-credential");
        WebApplicationContextRunner runner = this.enabled.withPropertyValues("enact.console.credential-file=" + file);

        runner.run(context -> assertThat(context).hasNotFailed());
        assertThat(output.getAll().split(SHOWN, -1)).hasSize(2);
        runner.run(context -> assertThat(context).hasNotFailed());

        assertThat(output.getAll().split(SHOWN, -1)).hasSize(2);
        assertThat(file).exists();
    }

    @Test
    void withRolesThereIsNoCredential(CapturedOutput output) {
        Path file = this.folder.resolve("console-credential");
        this.enabled
                .withPropertyValues("enact.console.credential-file=" + file, "enact.console.roles=ops")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output.getAll()).doesNotContain(SHOWN);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileOfSomethingElseIsRefused() throws IOException {
        Path file = Files.writeString(this.folder.resolve("console-credential"), "something else");

        assertStops(
                this.enabled.withPropertyValues("enact.console.credential-file=" + file),
                "it holds no digest of a credential",
                "delete it to have a new credential made");
    }
}

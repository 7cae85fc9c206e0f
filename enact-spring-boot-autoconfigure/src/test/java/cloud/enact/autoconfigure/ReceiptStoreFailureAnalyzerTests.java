package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** An application whose receipts can't be kept where it says. */
@ExtendWith(OutputCaptureExtension.class)
class ReceiptStoreFailureAnalyzerTests {

    @TempDir
    private Path folder;

    @Test
    void aStoreThatCanNotBeOpenedEndsTheStartWithASentence(CapturedOutput output) throws Exception {
        Path file = Files.writeString(this.folder.resolve("file"), "no folder");
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run(
                        "--enact.signing.secret=a secret of more than 32 characters, for tests",
                        "--spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                        "--enact.receipts.file=" + file.resolve("enact.db")))
                .isInstanceOf(RuntimeException.class);

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "can't be created or protected; check that its folder exists")
                .doesNotContain("\tat cloud.enact.");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}

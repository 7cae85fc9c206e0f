package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that are made to fill a log or to break a page, of somebody who may not even read. */
@ConsoleTest
@ExtendWith(OutputCaptureExtension.class)
class ConsoleFloodTests {

    private final ConsoleBrowser browser;

    ConsoleFloodTests(@LocalServerPort int port) {
        this.browser = new ConsoleBrowser(port);
    }

    @Test
    void fieldsThatCannotBeReadAreAMistakeOfTheSenderAndNotInTheLog(CapturedOutput output) {
        for (String form : new String[] {
            "credential=secret%zz",
            "credential=secret%",
            "credential=%ff%fe",
            "%=a",
            "a=b&".repeat(20_000),
            "a".repeat(3_000_000)
        }) {
            ConsoleBrowser.Answer answer = this.browser.send("POST", "/enact/login", form);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("The fields can&#39;t be read").doesNotContain("secret");
        }
        for (String field : new String[] {"text=%zz", "actor=%ff", "%=1"}) {
            assertThat(this.browser.get("/enact/receipts?" + field).status())
                    .as(field)
                    .isEqualTo(400);
        }
        assertThat(this.browser.get("/enact/events?mark=%zz").status()).isEqualTo(400);
        assertThat(output).doesNotContain("The console can't answer", "secret");
    }
}

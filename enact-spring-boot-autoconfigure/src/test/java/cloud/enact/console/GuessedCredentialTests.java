package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Somebody who tries credentials, on a console below another path. */
@ConsoleTest
@TestPropertySource(properties = "enact.console.path=/ops/console")
class GuessedCredentialTests {

    private final ConsoleBrowser browser;

    private final ConsoleApplication.Operator operator;

    GuessedCredentialTests(@Autowired ConsoleApplication.Operator operator, @LocalServerPort int port) {
        this.operator = operator;
        this.browser = new ConsoleBrowser(port);
    }

    private int signIn(ConsoleBrowser browser, String credential) {
        return browser.post("/ops/console/login", Map.of("credential", credential))
                .status();
    }

    @Test
    void whoeverGuessesKeepsNobodyOut() {
        ConsoleBrowser behindAProxy = this.browser.with("X-Forwarded-For", "203.0.113.7");
        ConsoleBrowser working = this.browser.with("Accept", "text/html");
        assertThat(signIn(working, this.operator.credential())).isEqualTo(303);
        int refused = 0;
        int status;
        do {
            status = signIn(behindAProxy, "guess " + refused);
            refused++;
        } while (status == 403 && refused < 100);

        assertThat(status).isEqualTo(429);
        assertThat(refused).isEqualTo(Attempts.MOST + 1);
        assertThat(working.get("/ops/console/receipts").body()).contains("console-operator");
        assertThat(signIn(this.browser, this.operator.credential())).isEqualTo(303);
        assertThat(signIn(behindAProxy, this.operator.credential())).isEqualTo(303);
    }
}

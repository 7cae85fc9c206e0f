package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A console below a path of its own that this machine may not even read, beside what controllers answer there. */
@ConsoleTest
@TestPropertySource(
        properties = {"enact.console.loopback=false", "enact.api.enabled=true", "server.servlet.context-path=/shop"})
class ClosedConsoleTests {

    private final ConsoleApplication.Operator operator;

    private final ConsoleBrowser browser;

    ClosedConsoleTests(@Autowired ConsoleApplication.Operator operator, @LocalServerPort int port) {
        this.operator = operator;
        this.browser = new ConsoleBrowser(port);
    }

    @Test
    void thisMachineReadsNothingWithoutSigningIn() {
        for (String page :
                new String[] {"receipts", "integrity", "events", "runs/01a2022e-2b01-7001-bd04-97da2de30497"}) {
            ConsoleBrowser.Answer answer = this.browser.get("/shop/enact/" + page);
            assertThat(answer.status()).as(page).isEqualTo(303);
            assertThat(answer.header("Location")).isEqualTo("/shop/enact/login");
        }
        assertThat(this.browser.get("/shop/enact/login").body())
                .contains("href=\"/shop/enact/assets/console.css", "action=\"/shop/enact/login\"");

        ConsoleBrowser.Answer in =
                this.browser.post("/shop/enact/login", Map.of("credential", this.operator.credential()));
        assertThat(in.header("Set-Cookie")).contains("Path=/shop/enact;");
        assertThat(this.browser.get("/shop/enact/receipts").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/../shop/enact",
                "/./shop/enact",
                "/shop;a=b/enact",
                "/shop;Domain=example/enact",
                "/%73hop/enact",
            })
    void howTheAddressIsWrittenSaysNothingAboutCookiesAndWhereToGo(String address) {
        ConsoleBrowser.Answer page = this.browser.get(address + "/receipts");
        ConsoleBrowser.Answer in =
                this.browser.post(address + "/login", Map.of("credential", this.operator.credential()));

        assertThat(page.header("Location")).isEmpty();
        assertThat(in.header("Location")).isEmpty();
        assertThat(in.header("Set-Cookie")).isEmpty();
        assertThat(page.body()).doesNotContain(address);
    }

    @Test
    void controllersBelowTheSamePathComeFirst() {
        assertThat(this.browser
                        .with("Content-Type", "application/json")
                        .post("/shop/enact/api/decisions", Map.of())
                        .header("Content-Type"))
                .startsWith("application/problem+json");
    }
}

package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Drafts;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The console without its application, as a person uses it, in Chromium. */
class StandaloneConsoleBrowserTests {

    @Test
    void aReceiptIsVerifiedANewOneArrivesAndASessionBeginsAndEnds() throws IOException {
        try (MemoryConsole console = new MemoryConsole();
                Browser browser = Browser.open()) {
            console.append(Drafts.decided(Drafts.run()));
            browser.go(URI.create("http://localhost:" + console.port()));
            browser.find("#receipts tbody tr a").click();
            browser.find("#verify").click();
            assertThat(browser.find("#verification").getText()).contains("Verified");

            browser.go(URI.create("http://localhost:" + console.port() + "/enact/login"));
            browser.find("#credential").sendKeys(console.credential() + Keys.ENTER);
            browser.find("#live.on");
            String run = Drafts.run().toString();
            console.append(Drafts.decided(RunId.parse(run)));
            browser.find("#receipts .id[title='" + run + "']");

            browser.find("#sign-out").click();
            browser.find("#read-only");
            assertThat(browser.complaints()).noneMatch(complaint -> complaint.contains("Refused"));
        }
    }
}

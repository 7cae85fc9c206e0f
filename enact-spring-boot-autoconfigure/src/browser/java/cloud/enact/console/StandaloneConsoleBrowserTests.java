package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.Drafts;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The console without its application, as a person uses it, in Chromium. */
class StandaloneConsoleBrowserTests {

    @Test
    void aReceiptIsVerifiedANewOneArrivesAndASessionBeginsAndEnds() throws IOException {
        try (MemoryConsole console = new MemoryConsole();
                Browser browser = Browser.open()) {
            console.append(Drafts.decided(Drafts.run()));
            browser.go(URI.create("http://localhost:" + console.port()));
            browser.click("#receipts tbody tr a");
            browser.click("#verify");
            assertThat(browser.read("#verification")).contains("Verified");

            browser.signIn(URI.create("http://localhost:" + console.port() + "/enact/login"), console.credential());
            browser.find("#live.on");
            String run = Drafts.run().toString();
            console.append(Drafts.decided(RunId.parse(run)));
            browser.find("#receipts .id[title='" + run + "']");

            browser.click("#sign-out");
            browser.find("#read-only");
            assertThat(browser.complaints()).noneMatch(complaint -> complaint.contains("Refused"));
        }
    }
}

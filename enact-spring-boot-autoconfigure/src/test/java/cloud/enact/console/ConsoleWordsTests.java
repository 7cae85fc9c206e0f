package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Patience;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Receipts in a file, found by the words of their arguments. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            ConsoleApplication.SECRET,
            ConsoleApplication.ENABLED,
            ConsoleApplication.WITHOUT_SECURITY,
            "enact.receipts.search.enabled=true",
            "enact.rollback.enabled=true"
        })
@DirtiesContext
class ConsoleWordsTests {

    @TempDir
    private static Path folder;

    private final ConsoleApplication.Notes notes;

    private final ConsoleBrowser browser;

    ConsoleWordsTests(@Autowired ConsoleApplication.Notes notes, @LocalServerPort int port) {
        this.notes = notes;
        this.browser = new ConsoleBrowser(port);
    }

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry registry) {
        registry.add("test.folder", () -> folder);
        registry.add("enact.receipts.file", () -> folder.resolve("enact.db"));
    }

    @Test
    void aReceiptIsFoundByAWordOfItsArguments() {
        this.notes.write("plan", "the platypus has a plan");
        this.notes.write("plan", "nobody else has");

        String page = Patience.awaiting("an index that has caught up")
                .until(
                        () -> this.browser.get("/enact/receipts?text=platypus").body(),
                        body -> body.contains("the platypus has"));

        assertThat(page)
                .contains("id=\"f-text\"", "value=\"platypus\"", "the platypus has a plan")
                .doesNotContain("nobody else has");
        assertThat(this.browser.get("/enact/integrity").body()).contains("entries are signed for");
    }
}

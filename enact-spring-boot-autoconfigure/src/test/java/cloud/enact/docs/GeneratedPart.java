package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;

/**
 * The part of a page that is made from code, between two markers. Started with {@code -Denact.docs.rewrite=true} a test
 * writes it, else it fails when the page is stale.
 */
public final class GeneratedPart {

    private static final String BEGIN = "<!-- generated: begin -->\n";

    private static final String END = "<!-- generated: end -->\n";

    private final String page;

    public GeneratedPart(String page) {
        this.page = page;
    }

    public void mustBe(String content) throws IOException {
        String text = DocsFolder.read(this.page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as("markers in docs/" + this.page).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("enact.docs.rewrite")) {
            Files.writeString(DocsFolder.page(this.page), text.substring(0, begin) + content + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end))
                .as("docs/" + this.page + " is stale: run this test with -Denact.docs.rewrite=true")
                .isEqualTo(content);
    }
}

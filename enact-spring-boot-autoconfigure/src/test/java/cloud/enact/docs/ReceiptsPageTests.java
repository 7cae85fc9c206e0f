package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/receipts.md} explains the fields that the reader of receipts knows, and no others. */
class ReceiptsPageTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[a-z_]+`(?:, )?)+) \\|");

    private static final Pattern NAME = Pattern.compile("[`\"]([a-z_]+)[`\"]");

    private static final Pattern CASE = Pattern.compile("(?m)^ {12}case ((?:\"[a-z_]+\"(?:, )?)+) ->");

    @Test
    void thePageExplainsTheFieldsOfTheFormat() throws IOException {
        String page = DocsFolder.read("receipts.md");
        String format = page.substring(page.indexOf("## Format version 1"), page.indexOf("## Masking"));
        String reader = Files.readString(DocsFolder.page("../enact-spring-boot-autoconfigure/src/main/java")
                .resolve("cloud/enact/receipt/ReceiptReader.java"));

        String fields = reader.substring(reader.indexOf("void field("));
        assertThat(names(ROW, format)).isEqualTo(names(CASE, fields.substring(0, fields.indexOf("default ->"))));
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher rows = pattern.matcher(text);
        while (rows.find()) {
            NAME.matcher(rows.group(1)).results().forEach(name -> names.add(name.group(1)));
        }
        return names;
    }
}

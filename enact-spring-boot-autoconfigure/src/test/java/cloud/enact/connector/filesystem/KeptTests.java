package cloud.enact.connector.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptTests {

    private static final String SHA256 = "0".repeat(64);

    private static final Node.Meta META = new Node.Meta("rw-r--r--", "1600000000.000000001", "ana", "ana");

    @Test
    void aFileIsReadAsItWasWritten() {
        Node.File kept = new Node.File(SHA256, 5, META, new Kept("web/.git", "a".repeat(40)));

        assertThat(Node.from(kept.values())).isEqualTo(kept);
    }

    @Test
    void aFileOfAnOlderRecordIsCopied() {
        Map<String, Object> old = new HashMap<>(new Node.File(SHA256, 5, META).values());

        assertThat(old).doesNotContainKey("kept");
        assertThat(Node.from(old)).isEqualTo(new Node.File(SHA256, 5, META, null));
    }

    @Test
    void whereContentIsMakesItNoOtherContent() {
        Node.File kept = new Node.File(SHA256, 5, META, new Kept("web/.git", "a".repeat(40)));

        assertThat(kept.matches(new Node.File(SHA256, 5, META))).isTrue();
        assertThat(new Node.File(SHA256, 5, META).matches(kept)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'',             aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "..,             aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/etc,           aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "web/../../.git, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "web/.git,       ../../../../../../../../../../etc/passwd",
        "web/.git,       aaaa",
    })
    void aPlaceThatLeadsOutIsRefused(String repository, String object) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Kept(repository, object));
    }
}

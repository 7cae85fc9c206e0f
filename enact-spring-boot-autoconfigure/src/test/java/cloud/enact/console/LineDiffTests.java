package cloud.enact.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines before and after. */
class LineDiffTests {

    private static List<String> diff(String before, String after) {
        return LineDiff.of(before, after).stream()
                .map(line -> line.get("sign") + String.valueOf(line.get("text")))
                .toList();
    }

    @Test
    void whatBothBeginAndEndWithStays() {
        assertThat(diff("a\nb\nc\nd\ne\nf\ng\nh\ni\nj", "a\nb\nc\nd\ne\nF\nG\nh\ni\nj"))
                .containsExactly(" …", " c", " d", " e", "-f", "-g", "+F", "+G", " h", " i", " j");
    }

    @Test
    void aNewTextIsAllNewAndAnOldOneAllGone() {
        assertThat(diff("", "a\nb")).containsExactly("+a", "+b");
        assertThat(diff("a\nb", "")).containsExactly("-a", "-b");
        assertThat(diff("a", "a")).containsExactly(" a");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(diff("", "x\n".repeat(10_000))).hasSize(401).last().isEqualTo(" …");
        assertThat(diff("", "x".repeat(10_000))).first().asString().hasSize(502);
    }
}

package cloud.enact.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTests {

    @Test
    void whatHidesIsShownAsItsCode() {
        assertThat(Printable.of("plain é 😀")).isEqualTo("plain é 😀");
        assertThat(Printable.of("a\u202Eb\u001B[31m\u0000c\nd")).isEqualTo("a\\u{202e}b\\u{1b}[31m\\u{0}c\\u{a}d");
        assertThat(Printable.of("\uD800 \uE000 \u200B")).isEqualTo("\\u{d800} \\u{e000} \\u{200b}");
    }

    @Test
    void lettersThatAreSeenAsNothingAreShownAsTheirCode() {
        assertThat(Printable.of("a\u3164b\u034fc\u115f\u1160\uffa0"))
                .isEqualTo("a\\u{3164}b\\u{34f}c\\u{115f}\\u{1160}\\u{ffa0}");
        assertThat(Printable.of("hello\udb40\udd48\udb40\udd49\ufe01\u2800"))
                .isEqualTo("hello\\u{e0148}\\u{e0149}\\u{fe01}\\u{2800}");
        assertThat(Printable.of("\u2764\ufe0f e\u0301")).isEqualTo("\u2764\ufe0f e\u0301");
    }

    @Test
    void linesStayLinesHoweverTheyEnd() {
        assertThat(Printable.lines("a\r\nb\n\tc\rd")).isEqualTo("a\nb\n\tc\\u{d}d");
        assertThat(Printable.line(" a\r\nb\tc ", 20)).isEqualTo("a b c");
    }

    @Test
    void aLongTextSaysHowMuchIsMissing() {
        assertThat(Printable.lines("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Printable.lines("abcdefg", 6)).isEqualTo("abcdef… (1 more characters)");
        assertThat(Printable.lines("abc😀", 4)).isEqualTo("abc… (2 more characters)");
    }
}

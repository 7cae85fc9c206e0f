package cloud.enact.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortTextTests {

    @Test
    void whatHasRoomStaysAsItIs() {
        assertThat(ShortText.of("", 3)).isEmpty();
        assertThat(ShortText.of("abc", 3)).isEqualTo("abc");
        assertThat(ShortText.of("a😀", 3)).isEqualTo("a😀");
    }

    @Test
    void whatIsLongerEndsInAMark() {
        assertThat(ShortText.of("abcd", 3)).isEqualTo("abc…");
        assertThat(ShortText.of("a😀b", 3)).isEqualTo("a😀…");
    }

    @Test
    void noCharacterIsTorn() {
        assertThat(ShortText.of("ab😀", 3)).isEqualTo("ab…");
        assertThat(ShortText.of("😀b", 1)).isEqualTo("…");
    }
}

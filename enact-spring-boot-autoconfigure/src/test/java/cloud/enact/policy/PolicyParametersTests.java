package cloud.enact.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyParametersTests {

    @Test
    void listsAreReadFromEveryWayToWriteThem() {
        Map<String, Object> indexed = new LinkedHashMap<>();
        indexed.put("10", "k");
        indexed.put("2", "c");
        indexed.put("0", "a");

        assertThat(with("p", List.of("a", " b ")).strings("p")).containsExactly("a", "b");
        assertThat(with("p", "a, b ,c").strings("p")).containsExactly("a", "b", "c");
        assertThat(with("p", indexed).strings("p")).containsExactly("a", "c", "k");
        assertThat(with("p", 5).strings("p")).containsExactly("5");
        assertThat(with("p", List.of(1, true)).strings("p")).containsExactly("1", "true");
    }

    @Test
    void missingAndEmptyListsAreRefusedUnlessThereIsADefault() {
        refused(() -> none().strings("p"), "needs the parameter 'p'");
        refused(() -> with("p", null).strings("p"), "needs the parameter 'p'");
        refused(() -> with("p", "").strings("p"), "is empty");
        refused(() -> with("p", List.of()).strings("p"), "is empty");

        assertThat(none().strings("p", List.of("d"))).containsExactly("d");
        assertThat(with("p", List.of()).strings("p", List.of("d"))).isEmpty();
    }

    @Test
    void listsOfOtherThingsAreRefused() {
        refused(() -> with("p", List.of(List.of("a"))).strings("p"), "list of texts");
        refused(() -> with("p", Collections.singletonList(null)).strings("p"), "list of texts");
        refused(() -> with("p", List.of("a", " ")).strings("p"), "blank element");
        refused(() -> with("p", Map.of("a", "b")).strings("p"), "not a map");
    }

    @Test
    void textsAreTrimmedAndMustBeSingle() {
        assertThat(with("p", " a ").string("p")).isEqualTo("a");
        assertThat(none().string("p", "d")).isEqualTo("d");
        refused(() -> none().string("p"), "needs the parameter");
        refused(() -> with("p", " ").string("p"), "is blank");
        refused(() -> with("p", List.of("a")).string("p"), "single value");
    }

    @Test
    void truthIsReadStrictly() {
        assertThat(with("p", true).bool("p", false)).isTrue();
        assertThat(with("p", "No").bool("p", true)).isFalse();
        assertThat(none().bool("p", true)).isTrue();
        refused(() -> with("p", "maybe").bool("p", true), "neither true nor false");
    }

    @Test
    void pathsAreAbsoluteAndMayBeNone() {
        assertThat(with("p", "/a/../b, ~/c").paths("p"))
                .containsExactly(Path.of("/b"), Path.of(System.getProperty("user.home"), "c"));
        assertThat(with("p", "x").paths("p").get(0)).isAbsolute();
        assertThat(with("p", "").paths("p")).isEmpty();
        refused(() -> none().paths("p"), "needs the parameter");
        refused(() -> with("p", List.of("a\0b")).paths("p"), "no path");
    }

    @Test
    void messagesNamePolicyPlaceAndParameterButNotTheValue() {
        refused(() -> with("p", "sesame").bool("p", true), "here: parameter 'p' of policy 'a.b'");
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> with("p", "sesame").bool("p", true))
                .satisfies(ex -> assertThat(ex.getMessage()).doesNotContain("sesame"));
    }

    private static PolicyParameters none() {
        return new PolicyParameters("a.b", "here", Map.of());
    }

    private static PolicyParameters with(String name, @Nullable Object value) {
        return new PolicyParameters("a.b", "here", Collections.singletonMap(name, value));
    }

    private static void refused(ThrowingCallable call, String description) {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(call)
                .satisfies(ex -> assertThat(ex.getAction()).isNotBlank())
                .withMessageContaining(description);
    }
}

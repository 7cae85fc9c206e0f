package cloud.enact.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.PolicyFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a pointer leads. */
class PointerTests {

    @Test
    void aStarIsTheOnlyMemberOrElement() {
        assertThat(at("/a/*/on", Map.of("a", Map.of("production", Map.of("on", true)))))
                .isEqualTo(true);
        assertThat(at("/a/*/on", Map.of("a", List.of(Map.of("on", true))))).isEqualTo(true);
    }

    @Test
    void aStarAmongSeveralStandsForNone() {
        assertThat(at("/a/*", Map.of("a", Map.of("one", 1, "two", 2)))).isSameAs(Values.ABSENT);
        assertThat(at("/a/*", Map.of("a", List.of(1, 2)))).isSameAs(Values.ABSENT);
        assertThat(at("/a/*", Map.of("a", Map.of()))).isSameAs(Values.ABSENT);
    }

    @Test
    void aMemberThatIsCalledAsAStarIsMeantByIt() {
        assertThat(at("/*", Map.of("*", 1, "other", 2))).isEqualTo(1);
    }

    @Test
    void aValueIsPutWhereTheStarLeads() {
        assertThat(pointer("/a/*/on").with(Map.of("a", Map.of("production", Map.of("on", true))), false))
                .isEqualTo(Map.of("a", Map.of("production", Map.of("on", false))));
    }

    private static @Nullable Object at(String pointer, Object document) {
        return pointer(pointer).in(document);
    }

    private static Pointer pointer(String text) {
        return HttpApi.read(
                        new PolicyFile(
                                "test.yaml",
                                "operations:\n  op:\n    request: GET /a\n    result: {found: '" + text + "'}"),
                        name -> null)
                .operations()
                .get("op")
                .result()
                .get("found");
    }
}

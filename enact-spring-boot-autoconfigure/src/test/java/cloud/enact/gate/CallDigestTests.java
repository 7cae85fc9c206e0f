package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallDigestTests {

    private final CallDigests digests = new CallDigests(new byte[32]);

    @Test
    void whatDiffersHasAnotherDigest() {
        List<@Nullable Object> values = Arrays.asList(
                null,
                true,
                false,
                "",
                "null",
                "true",
                1L,
                "1",
                -1L,
                BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE),
                BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE).toString(),
                Long.MAX_VALUE,
                Long.MAX_VALUE - 1,
                0.1,
                new BigDecimal("0.1000000000000000055511151231257827"),
                "\uD800",
                "\uDC00",
                "\uFFFD",
                "e\u0301",
                "\u00E9",
                List.of(),
                List.of(1L),
                List.of(List.of(1L)),
                List.of("a", "b"),
                List.of("ab"),
                List.of("a,b"),
                Map.of(),
                Map.of("a", 1L),
                Map.of("a", "1"),
                Map.of("b", 1L),
                Map.of("a", 1L, "b", 2L),
                Map.of("a", Map.of("b", 2L)));
        Set<String> found = new HashSet<>();
        for (Object value : values) {
            Map<String, @Nullable Object> args = new HashMap<>();
            args.put("value", value);
            found.add(this.digests.of(args));
        }
        found.add(this.digests.of(Map.of()));

        assertThat(found).hasSize(values.size() + 1);
    }

    @Test
    void whatIsTheSameHasTheSameDigest() {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("a", 1L);
        one.put("b", 2.50);
        Map<String, @Nullable Object> other = new LinkedHashMap<>();
        other.put("b", new BigDecimal("2.5"));
        other.put("a", BigInteger.ONE);

        assertThat(this.digests.of(one)).isEqualTo(this.digests.of(other)).startsWith("hmac-sha256:");
    }

    @Test
    void numbersOfAnySizeAreWrittenInNoTime() {
        assertThat(this.digests.of(Map.of("a", new BigDecimal("1E+1000000000"))))
                .hasSize(76);
    }

    @Test
    void anotherKeyGivesAnotherDigest() {
        byte[] key = new byte[32];
        key[31] = 1;

        assertThat(new CallDigests(key).of(Map.of("a", 1L))).isNotEqualTo(this.digests.of(Map.of("a", 1L)));
    }
}

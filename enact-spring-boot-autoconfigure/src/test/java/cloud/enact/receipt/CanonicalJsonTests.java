package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTests {

    private enum Colour {
        RED
    }

    private static String write(Object value) {
        return new String(CanonicalJson.write(value), StandardCharsets.UTF_8);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(1L << 53, "9007199254740992"),
                Arguments.of((1L << 53) + 1, "\"9007199254740993\""),
                Arguments.of(-(1L << 53), "-9007199254740992"),
                Arguments.of(Long.MIN_VALUE, "\"-9223372036854775808\""),
                Arguments.of(new BigInteger("42"), "42"),
                Arguments.of(BigInteger.TWO.pow(64), "\"18446744073709551616\""),
                Arguments.of(new BigDecimal("19.90"), "19.9"),
                Arguments.of(new BigDecimal("0.1"), "0.1"),
                Arguments.of(
                        new BigDecimal("0.1000000000000000055511151231257827"),
                        "\"0.1000000000000000055511151231257827\""),
                Arguments.of(new BigDecimal("1E+1000000000"), "\"1E+1000000000\""),
                Arguments.of(new BigDecimal("1E-1000000000"), "\"1E-1000000000\""),
                Arguments.of(new BigDecimal("100000000000000000000"), "\"100000000000000000000\""),
                Arguments.of(1e20, "100000000000000000000"),
                Arguments.of(Double.NaN, "\"NaN\""),
                Arguments.of(Float.NEGATIVE_INFINITY, "\"-Infinity\""),
                Arguments.of(2.0e-3, "0.002"),
                Arguments.of(Instant.parse("2026-11-20T12:00:00.123456789Z"), "\"2026-11-20T12:00:00.123456Z\""),
                Arguments.of(Instant.MAX, "\"9999-12-31T23:59:59.999999Z\""),
                Arguments.of(OffsetDateTime.parse("2026-11-20T13:00:00+01:00"), "\"2026-11-20T12:00:00.000000Z\""),
                Arguments.of(LocalDate.of(2026, 11, 20), "\"2026-11-20\""),
                Arguments.of(new Date(0), "\"1970-01-01T00:00:00.000000Z\""),
                Arguments.of(
                        UUID.fromString("01890A5D-AC96-774B-BCCE-B302099A8057"),
                        "\"01890a5d-ac96-774b-bcce-b302099a8057\""),
                Arguments.of(new byte[] {-1, -2, 0}, "\"__4A\""),
                Arguments.of(new Object[] {1, null, "x"}, "[1,null,\"x\"]"),
                Arguments.of(Colour.RED, "\"RED\""),
                Arguments.of('c', "\"c\""),
                Arguments.of(new Object(), "\"<java.lang.Object>\""),
                Arguments.of("\uD800", "\"\uFFFD\""),
                Arguments.of("a\uDC00b\uD83D\uDE02", "\"a\uFFFDb\uD83D\uDE02\""));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueHasOneTextForm(Object value, String expected) {
        assertThat(write(value)).isEqualTo(expected);
        assertThat(CanonicalJson.write(CanonicalJson.parse(CanonicalJson.write(value))))
                .isEqualTo(CanonicalJson.write(value));
    }

    @Test
    void namesThatBecomeTheSameStayApart() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("\uD800", 1);
        map.put("\uDC00", 2);
        map.put("\uFFFD", 3);
        map.put(null, 4);
        map.put("null", 5);
        map.put(7, 6);

        @SuppressWarnings("unchecked")
        Map<String, Object> read = (Map<String, Object>) CanonicalJson.parse(CanonicalJson.write(map));

        assertThat(read)
                .hasSize(6)
                .containsEntry("\uFFFD", 3L)
                .containsEntry("null", 5L)
                .containsEntry("7", 6L);
    }

    @Test
    void aHundredThousandNamesThatBecomeTheSameAreNoBurden() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) {
            map.put("" + (char) (0xD800 + i % 1024) + (char) (0xD800 + i / 1024), i);
        }

        assertThat((Map<?, ?>) CanonicalJson.parse(CanonicalJson.write(map))).hasSize(100_000);
    }

    @Test
    void aLongTextWithPairsAcrossBlocksIsWrittenWhole() {
        String text = "x" + "\uD83D\uDE02".repeat(3000) + "\u0001\n\"\\é€";

        assertThat(CanonicalJson.parse(CanonicalJson.write(text))).isEqualTo(text);
        assertThat(write(text)).startsWith("\"x\uD83D\uDE02").endsWith("\\u0001\\n\\\"\\\\é€\"");
    }

    @Test
    void whatNestsTooDeepIsOneMarkerAndStaysReadable() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);

        assertThat(write(circle)).contains("nested too deeply");
        assertThat(CanonicalJson.parse(CanonicalJson.write(circle))).isInstanceOf(List.class);
    }

    @Test
    void nestingBeyondTheLimitIsRefused() {
        String deep = String.join("", Collections.nCopies(CanonicalJson.MAX_DEPTH, "["))
                + String.join("", Collections.nCopies(CanonicalJson.MAX_DEPTH, "]"));

        assertThat(CanonicalJson.parse(deep.getBytes(StandardCharsets.UTF_8))).isInstanceOf(List.class);
        refuses(("[" + deep + "]").getBytes(StandardCharsets.UTF_8));
        refuses("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
        refuses("{\"\":".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 1",
                "1 ",
                "1\n",
                "01",
                "-0",
                "+1",
                "1.0",
                "1.50",
                "1e2",
                "1E2",
                "0.0000001",
                "1e21",
                "100000000000000000001",
                "1e400",
                ".5",
                "1.",
                "--1",
                "1-1",
                "NaN",
                "Infinity",
                "tru",
                "TRUE",
                "nul",
                "'a'",
                "\"",
                "\"a",
                "\"\t\"",
                "\"\\/\"",
                "\"\\u000a\"",
                "\"\\u0041\"",
                "\"\\u001F\"",
                "\"\\x\"",
                "\"\\",
                "\"\\u00",
                "\"\\ud83d\\ude02\"",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 ]",
                "[1, 2]",
                "]",
                "{",
                "{}{}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\": 1}",
                "{a:1}",
                "{\"b\":1,\"a\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"\uE000\":1,\"\uD83D\uDE02\":2}",
                "{\"a\":1",
                "1,2",
                "\uFEFF1",
                "/**/1"
            })
    void jsonInAnyOtherFormIsRefused(String text) {
        refuses(text.getBytes(StandardCharsets.UTF_8));
        // the reader that only looks is as strict as the one that reads
        refuses(("{\"x\":" + text + "}").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c080",
                "c1bf",
                "e08080",
                "eda080",
                "edbfbf",
                "f0808080",
                "f4908080",
                "f5808080",
                "ff",
                "80",
                "c3",
                "e282",
                "f09f98",
                "c328",
                "e28228"
            })
    void bytesThatAreNotUtf8AreRefused(String hex) {
        byte[] sequence = HexFormat.of().parseHex(hex);
        byte[] bytes = new byte[sequence.length + 2];
        Arrays.fill(bytes, (byte) '"');
        System.arraycopy(sequence, 0, bytes, 1, sequence.length);

        refuses(bytes);
        refuses(Arrays.copyOf(bytes, bytes.length - 1));
    }

    private static void refuses(byte[] bytes) {
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> CanonicalJson.parse(bytes));
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> {
            CanonicalParser parser = new CanonicalParser(bytes);
            parser.skip(0);
            parser.end();
        });
    }

    @Test
    void whatNeedsAnEscapeIsFoundWhereverItStandsInATextOfAnyLength() {
        for (int length = 1; length <= 24; length++) {
            for (int at = 0; at < length; at++) {
                for (String special :
                        List.of("\"", "\\", "\n", "\u0001", "\u007f", "\u0080", "\u20ac", "\ud83d\ude00")) {
                    String text = "x".repeat(at) + special + "y".repeat(length - at - 1);
                    byte[] canonical = CanonicalJson.write(text);
                    assertThat(CanonicalJson.parse(canonical)).isEqualTo(text);
                    for (byte raw : new byte[] {0, 0x1f, (byte) 0x80, (byte) 0xff}) {
                        byte[] broken = CanonicalJson.write("x".repeat(length));
                        broken[1 + at] = raw;
                        assertThatExceptionOfType(ReceiptFormatException.class)
                                .isThrownBy(() -> CanonicalJson.parse(broken));
                    }
                }
            }
        }
    }
}

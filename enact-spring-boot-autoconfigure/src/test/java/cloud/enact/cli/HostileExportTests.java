package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports that somebody made to mislead the verifier, or whoever reads what it prints. */
class HostileExportTests extends CliFixture {

    private List<String> lines = List.of();

    @BeforeEach
    void export() {
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.file)) {
            for (String name : List.of("orders", "mail")) {
                ReceiptLog log = ReceiptLog.direct(
                        name, store, ReceiptSigner.hs256(Workshop.SECRET), Masking.defaults(), Drafts.CLOCK);
                for (int i = 0; i < 3; i++) {
                    log.append(Drafts.decided(Drafts.run(), Map.of("note", "x\u001b[2J\u009b31m\u202e")));
                }
            }
        }
        this.lines = enact("receipts", "export").out().lines().toList();
        assertThat(this.lines).hasSize(6);
    }

    private Result verify(byte[] bytes) throws Exception {
        Path file = Files.write(this.folder.resolve("hostile.jsonl"), bytes);
        Result result = plain("verify", file.toString());
        assertThat(result.out() + result.err())
                .doesNotContain("\u001b", "\u009b", "\u202e", "\r", "\tat ", "Exception", "a bug");
        return result;
    }

    private Result verify(List<String> lines) throws Exception {
        return verify((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String text() {
        return String.join("\n", this.lines) + "\n";
    }

    @Test
    void whatWasExportedIsValidInAnyOrderOfItsLogsAndWithoutTheLastLineBreak() throws Exception {
        assertThat(verify(this.lines).status()).isZero();
        assertThat(verify(text().stripTrailing().getBytes(StandardCharsets.UTF_8))
                        .status())
                .isZero();
        List<String> mixed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            mixed.add(this.lines.get(i));
            mixed.add(this.lines.get(i + 3));
        }
        assertThat(verify(mixed).status()).isZero();
    }

    @Test
    void aMissingLastLineIsToldAsExposed() throws Exception {
        Result result = verify(this.lines.subList(0, 5));

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("5 entries since", "it would not show if the newest of them were cut off");
    }

    @Test
    void anotherEncodingIsAProblem() throws Exception {
        assertThat(verify(("\uFEFF" + text()).getBytes(StandardCharsets.UTF_8)).out())
                .contains("line 1 can't be read");
        assertThat(verify(text().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(1);
        for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1)) {
            assertThat(verify(text().getBytes(charset)).status()).isEqualTo(1);
        }
        assertThat(verify((text() + "\n").getBytes(StandardCharsets.UTF_8)).out())
                .contains("line 7 can't be read");
    }

    @Test
    void aFileOfAnotherKindIsToldAsSuch() throws Exception {
        Result table = verify(List.of("log,seq,kind", "a,1,DECIDED"));
        Result damaged = verify(List.of(this.lines.get(0), "a,1,DECIDED"));

        assertThat(table.status()).isEqualTo(1);
        assertThat(table.out()).contains("another kind of file", "ndjson");
        assertThat(damaged.status()).isEqualTo(1);
        assertThat(damaged.out()).doesNotContain("another kind of file");
    }

    @Test
    void anotherOrderIsAProblem() throws Exception {
        List<String> reversed = new ArrayList<>(this.lines);
        Collections.reverse(reversed);
        assertThat(verify(reversed).status()).isEqualTo(1);
        List<String> twice = new ArrayList<>(this.lines);
        twice.addAll(this.lines);
        assertThat(verify(twice).status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"seq\":1,\"seq\":2}",
                "{\"action\":\"\u001b]0;owned\u0007\"}",
                "\u001b[2J\u009b31m",
                "{}",
                "[]",
                "null",
                "1e400",
                "\"\\ud800\"",
                "{\"action\": \"a\"}",
                "{\"action\":\"\\u0061\"}",
                "{\"__proto__\":{}}",
                "PK"
            })
    void anyOtherLineIsAProblemOfThatLine(String line) throws Exception {
        List<String> more = new ArrayList<>(this.lines);
        more.add(3, line);

        Result result = verify(more);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("1 problem in 7 entries, first: line 4 can't be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"seq\":01",
                "\"seq\":1.0",
                "\"seq\":-1",
                "\"seq\":1e0",
                "\"seq\":9007199254740993",
                "\"seq\":99999999999999999999999999999999999999",
                "\"seq\":\"1\"",
                "\"seq\":1,\"seq\":1",
                "\"seq\": 1",
                "\"seq\":null",
                "\"seq\":[[[[1]]]]"
            })
    void anyOtherWayToSayItsPlaceIsAProblem(String seq) throws Exception {
        List<String> changed = new ArrayList<>(this.lines);
        assertThat(changed.get(0)).contains("\"seq\":1,");
        changed.set(0, changed.get(0).replace("\"seq\":1,", seq + ","));

        assertThat(verify(changed).out()).contains("line 1 can't be read");
    }

    @Test
    void deepAndLongValuesEndWithASentence() throws Exception {
        for (String value : List.of("[".repeat(1_000_000), "{\"a\":".repeat(1_000_000), "9".repeat(5_000_000))) {
            List<String> changed = new ArrayList<>(this.lines);
            changed.set(0, changed.get(0).replaceFirst("\"payload\":\\{", "\"payload\":{\"a\":" + value + ",\"b\":"));

            assertThat(verify(changed).out()).contains("line 1 can't be read");
        }
    }

    @Test
    void everyByteThatIsNoUtf8IsAProblem() throws Exception {
        byte[] whole = text().getBytes(StandardCharsets.UTF_8);
        int at = 200;
        for (int value : new int[] {0x00, 0x80, 0xC0, 0xED, 0xFE, 0xFF}) {
            ByteArrayOutputStream bent = new ByteArrayOutputStream();
            bent.write(whole, 0, at);
            bent.write(value);
            bent.write(whole, at + 1, whole.length - at - 1);

            assertThat(verify(bent.toByteArray()).status()).isEqualTo(1);
        }
    }
}

package cloud.enact.receipt.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.Subjects;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSealer;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Maria@Example.org      | maria example org",
                "it's 42.50 EUR         | it s 42 50 eur",
                "STRASSE straße ﬁn      | strasse straße fin",
                "naïve nai\u0308ve     | naïve",
                "東京 2026               | 東 京 2026",
                "NEAR(a b) OR x* -y     | near a b or x y",
                "\"quoted\" ) ; DROP    | quoted drop",
            })
    void aTextIsTakenApartIntoLettersAndDigits(String text, String words) {
        assertThat(Words.asked(text.replace("\\u0308", "\u0308"))).containsExactly(words.split(" "));
    }

    @Test
    void aReceiptHasTheWordsOfItsArgumentsAndOfNothingElse() {
        Receipt receipt = Drafts.log(ReceiptStore.inMemory(1))
                .append(Drafts.decided(
                        Drafts.run(),
                        Map.of(
                                "note",
                                "Call Ada",
                                "rows",
                                List.of(1L, Map.of("city", "Turin")),
                                "password",
                                "hidden")));

        assertThat(Words.of(receipt))
                .containsExactlyInAnyOrder("note", "call", "ada", "rows", "1", "city", "turin", "password");
    }

    @Test
    void whatIsEncryptedHasNone() {
        ReceiptStore store = ReceiptStore.inMemory(1);
        KeyRing keys = new KeyRing(KeyTable.inMemory(), MasterKeys.of(MasterKey.aes256(new byte[32])), Drafts.CLOCK);
        Receipt receipt = ReceiptLog.direct(
                        "test",
                        store,
                        ReceiptSigner.hs256(Drafts.SECRET),
                        Masking.defaults().sealedBy(new ReceiptSealer(keys, Subjects.actors(), () -> store)),
                        Drafts.CLOCK)
                .append(Drafts.decided(Drafts.run(), Map.of("note", "Call Ada")));

        assertThat(receipt.fields().get("payload").toString()).contains("encrypted");
        assertThat(Words.of(receipt)).isEmpty();
    }

    @Test
    void aDamagedReceiptHasNone() {
        assertThat(Words.of(Receipt.stored("test", 1, "{\"payload\":1}".getBytes())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\" ''", "\u0000", "***"})
    void aQueryWithoutWordsIsRefused(String query) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Words.asked(query))
                .withMessageContaining("letter");
    }

    @Test
    void aQueryThatIsTooLongIsRefusedAndNotRepeated() {
        String words = IntStream.range(0, 17).mapToObj(i -> "secret" + i).collect(Collectors.joining(" "));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Words.asked("secret".repeat(2000)))
                .withMessageContaining("1000 characters")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Words.asked(words))
                .withMessageContaining("16 words")
                .withMessageNotContaining("secret");
    }
}

package cloud.enact.receipt.search;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptCursor;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptPage;
import cloud.enact.receipt.ReceiptStore;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search promises, whatever keeps its words. */
public abstract class ReceiptSearchContract {

    private final ReceiptStore store = ReceiptStore.inMemory(10_000);

    private final ReceiptLog log = Drafts.log(this.store);

    /** The index under test: the same one throughout a test, empty at its start. */
    protected abstract WordIndex index();

    private TextProjection projection() {
        return new TextProjection(this.store, index());
    }

    private Receipt says(String note) {
        return this.log.append(Drafts.decided(Drafts.run(), Map.of("note", note)));
    }

    private List<Receipt> found(String query) {
        return found(query, ReceiptFilter.all());
    }

    private List<Receipt> found(String query, ReceiptFilter filter) {
        ReceiptSearch search = new ReceiptSearch(this.store, index());
        List<Receipt> found = new ArrayList<>();
        @Nullable ReceiptCursor after = null;
        do {
            ReceiptPage page = search.find(Words.asked(query), filter, after, 3);
            found.addAll(page.receipts());
            after = page.next();
        } while (after != null);
        return found;
    }

    @Test
    protected void receiptsAreFoundByAllTheirWordsWhateverTheOrder() {
        Receipt turin = says("Ada moved to Turin");
        Receipt oslo = says("Ada moved to Oslo");
        says("Ben stayed");
        projection().catchUp();

        assertThat(found("ada MOVED")).containsExactly(oslo, turin);
        assertThat(found("turin, ada!")).containsExactly(turin);
        assertThat(found("ben moved")).isEmpty();
        assertThat(found("mov")).isEmpty();
    }

    @Test
    void pagesAreNewestFirstAndCompleteAmongEntriesOfOneMoment() {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            receipts.add(this.log.append(Drafts.at(
                    Drafts.decided(Drafts.run(), Map.of("note", "same word " + i)), Drafts.NOW.plusSeconds(i % 3))));
        }
        projection().catchUp();

        List<Receipt> found = found("same");
        assertThat(found).containsExactlyInAnyOrderElementsOf(receipts);
        assertThat(found).extracting(Receipt::timestamp).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    protected void theOtherFiltersHoldAsWell() {
        Receipt first = this.log.append(
                Drafts.at(Drafts.decided(Drafts.run(), Map.of("note", "word")), Drafts.NOW.minusSeconds(60)));
        Receipt second = says("word");
        Receipt blocked = this.log.append(Drafts.blocked(Drafts.run()));
        projection().catchUp();

        assertThat(found("word", ReceiptFilter.ofRun(first.runId()))).containsExactly(first);
        assertThat(found("word", ReceiptFilter.builder().since(Drafts.NOW).build()))
                .containsExactly(second);
        assertThat(found("word", ReceiptFilter.builder().until(Drafts.NOW).build()))
                .containsExactly(first);
        assertThat(found("word", ReceiptFilter.builder().decision("BLOCK").build()))
                .isEmpty();
        assertThat(found("42", ReceiptFilter.builder().decision("BLOCK").build()))
                .containsExactly(blocked);
    }

    @Test
    void timesThatNoReceiptCanHaveFindAllOrNothing() {
        Receipt receipt = says("word");
        projection().catchUp();

        assertThat(found(
                        "word",
                        ReceiptFilter.builder()
                                .since(Instant.MIN)
                                .until(Instant.MAX)
                                .build()))
                .containsExactly(receipt);
        assertThat(found("word", ReceiptFilter.builder().since(Instant.MAX).build()))
                .isEmpty();
    }

    @Test
    void whatIsAppendedLaterIsAddedAndNothingTwice() {
        says("one");
        assertThat(projection().catchUp()).isEqualTo(1);
        Receipt two = says("two");

        assertThat(projection().progress()).isEqualTo(new TextProjection.Progress(1, Drafts.NOW));
        assertThat(found("two")).isEmpty();
        assertThat(projection().catchUp()).isEqualTo(1);

        assertThat(projection().catchUp()).isZero();
        assertThat(projection().progress()).isEqualTo(new TextProjection.Progress(0, null));
        assertThat(found("two")).containsExactly(two);
    }

    @Test
    void aProcessThatWasOvertakenByAnotherAddsNothingTwice() {
        Receipt receipt = says("once");
        projection().catchUp();

        index().add(0, List.of(entry(receipt, Set.of("once"))));

        assertThat(found("once")).containsExactly(receipt);
    }

    @Test
    void anIndexThatIsClearedWhileAnotherProcessReadsMissesNothing() {
        Receipt first = says("word one");
        projection().catchUp();
        Receipt second = says("word two");
        ReceiptStore slow = (ReceiptStore) Proxy.newProxyInstance(
                ReceiptStore.class.getClassLoader(), new Class<?>[] {ReceiptStore.class}, (proxy, method, args) -> {
                    Object result = method.invoke(this.store, args);
                    if (method.getName().equals("read") && args[1].equals(2L)) {
                        index().clear();
                    }
                    return result;
                });

        new TextProjection(slow, index()).catchUp();
        projection().catchUp();

        assertThat(found("word")).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aRebuiltIndexFindsTheSame() {
        List<Receipt> receipts =
                IntStream.range(0, 450).mapToObj(i -> says("word " + i)).toList();
        projection().catchUp();

        assertThat(projection().rebuild()).isEqualTo(450);

        assertThat(found("word")).containsExactlyInAnyOrderElementsOf(receipts);
        assertThat(found("word 449")).containsExactly(receipts.get(449));
    }

    @Test
    void anIndexOfAnotherLogIsMadeAnew() {
        ReceiptLog other = Drafts.log(ReceiptStore.inMemory(10));
        Receipt replaced = other.append(Drafts.decided(Drafts.run(), Map.of("note", "replaced")));
        index().add(0, List.of(entry(replaced, Set.of("replaced"))));
        Receipt genuine = says("genuine");

        projection().catchUp();

        assertThat(found("genuine")).containsExactly(genuine);
        assertThat(found("replaced")).isEmpty();
    }

    @Test
    void aManipulatedIndexCanHideAReceiptAndNeverMakeOneUp() {
        Receipt receipt = says("genuine");
        index().add(0, List.of(entry(receipt, Set.of("forged"))));
        index().add(
                        0,
                        List.of(new WordIndex.Entry(
                                new WordIndex.Place(new ReceiptCursor(Drafts.NOW, "no-such-log", 7), "x"),
                                Set.of("forged"))));

        assertThat(found("forged")).isEmpty();
        assertThat(found("genuine")).isEmpty();
    }

    private static WordIndex.Entry entry(Receipt receipt, Set<String> words) {
        return new WordIndex.Entry(new WordIndex.Place(ReceiptCursor.of(receipt), receipt.signature()), words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "word\" OR \"x",
                "NEAR(word x, 2)",
                "word*",
                "^word",
                "-word",
                "words : word",
                "{words} : word",
                "word' OR 1=1 --",
                "'); DROP TABLE search_word; --",
                "word & !x | (y <-> z):*",
                "\\",
                "word\u0000word",
                "AND",
                "OR",
                "NOT word",
                "word \ud800",
                "%",
                "_",
                "word + word"
            })
    void noQueryIsReadAsSyntax(String query) {
        Receipt receipt = says("a word, x and y and z, or not: near words and drop table search 1 2");
        says("something else");
        projection().catchUp();

        if (query.codePoints().anyMatch(Character::isLetterOrDigit)) {
            boolean matches = Words.of(receipt).containsAll(Words.asked(query));
            assertThat(found(query)).isEqualTo(matches ? List.of(receipt) : List.of());
        }
        assertThat(found("something else")).hasSize(1);
    }

    @Test
    void timesOfAnyCenturyAreKeptInOrder() {
        Receipt late = this.log.append(Drafts.at(
                Drafts.decided(Drafts.run(), Map.of("note", "time")), java.time.Instant.parse("9999-12-31T00:00:00Z")));
        Receipt early = this.log.append(Drafts.at(
                Drafts.decided(Drafts.run(), Map.of("note", "time")), java.time.Instant.parse("0001-01-01T00:00:00Z")));
        Receipt now = says("time");
        projection().catchUp();

        assertThat(found("time")).containsExactly(late, now, early);
        assertThat(found("time", ReceiptFilter.builder().since(Drafts.NOW).build()))
                .containsExactly(late, now);
        assertThat(found("time", ReceiptFilter.builder().until(Drafts.NOW).build()))
                .containsExactly(early);
    }

    @Test
    void anEntryOfManyWordsIsFoundByEach() {
        String note = IntStream.range(0, 9000).mapToObj(i -> "w" + i).reduce("", (all, word) -> all + " " + word);
        Receipt receipt = this.log.append(Drafts.decided(
                Drafts.run(),
                Map.of("first", note.substring(0, 4000), "second", note.substring(4000, 8000), "x".repeat(500), "y")));
        projection().catchUp();

        assertThat(found("w0 w700")).containsExactly(receipt);
        assertThat(found("x".repeat(600))).containsExactly(receipt);
    }
}

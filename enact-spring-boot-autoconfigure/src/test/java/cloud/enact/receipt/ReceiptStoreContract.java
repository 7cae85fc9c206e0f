package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.RunId;
import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.policy.EnactMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store promises; the numbers are those of {@link ReceiptStore}. */
public abstract class ReceiptStoreContract {

    /** The store under test: the same one throughout a test, empty at its start, with room for a few thousand. */
    protected abstract ReceiptStore store();

    private ReceiptLog log(String id) {
        return ReceiptLog.direct(id, store(), ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);
    }

    private List<Receipt> receiptsOfAnotherStore(int count) {
        ReceiptLog log = Drafts.log(ReceiptStore.inMemory(count));
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            receipts.add(log.append(Drafts.decided(Drafts.run())));
        }
        return receipts;
    }

    @Test
    @DisplayName("1a. a batch of which one entry is refused leaves nothing behind")
    void batchIsAtomic() {
        List<Receipt> receipts = receiptsOfAnotherStore(3);
        store().append(receipts.subList(0, 1));

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> store().append(List.of(receipts.get(1), receipts.get(2), receipts.get(0))));

        assertThat(store().read("test", 1, 10)).isEqualTo(receipts.subList(0, 1));
        assertThat(store().head("test")).contains(receipts.get(0));
        store().append(receipts.subList(1, 3));
        assertThat(store().read("test", 1, 10)).isEqualTo(receipts);
    }

    @Test
    @DisplayName("2a. what was appended is found by its place, unchanged")
    void roundTrip() {
        ReceiptLog log = log("test");

        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            receipts.add(log.append(Drafts.decided(Drafts.run())));
        }

        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(store().find("test", receipt.seq()))
                        .hasValueSatisfying(found -> {
                            assertThat(found.bytes()).isEqualTo(receipt.bytes());
                            assertThat(found.damage()).isNull();
                            assertThat(found.header()).isEqualTo(receipt.header());
                        }));
        assertThat(store().find("test", 0)).isEmpty();
        assertThat(store().find("test", 4)).isEmpty();
        assertThat(store().find("another", 1)).isEmpty();
    }

    @Test
    @DisplayName("2b. a run's receipts come in the order they were appended, across logs")
    void runOrder() {
        RunId run = Drafts.run();
        ReceiptLog one = log("one");
        ReceiptLog two = log("two");

        List<Receipt> receipts = List.of(
                two.append(Drafts.decided(run)),
                one.append(Drafts.at(Drafts.decided(run), Drafts.NOW.minusSeconds(60))),
                two.append(Drafts.decided(run)));
        one.append(Drafts.decided(Drafts.run()));

        assertThat(store().findByRun(run)).isEqualTo(receipts);
        assertThat(store().findByRun(Drafts.run())).isEmpty();
    }

    @Test
    @DisplayName("3. a second entry for the same place of a log is refused")
    void placeIsUnique() {
        Receipt first = log("test").append(Drafts.decided(Drafts.run()));
        Receipt rival = receiptsOfAnotherStore(1).get(0);

        assertThatExceptionOfType(ReceiptStoreException.class).isThrownBy(() -> store().append(List.of(rival)));

        assertThat(store().find("test", 1)).contains(first);
    }

    @Test
    @DisplayName("4. concurrent appends to different logs all arrive, each log in order")
    void concurrentLogs() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                ReceiptLog log = log("log-" + writer);
                writers.add(executor.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        log.append(Drafts.decided(Drafts.run()));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            executor.shutdown();
        }

        assertThat(store().logs()).containsExactlyInAnyOrder("log-0", "log-1", "log-2", "log-3");
        ReceiptVerifier verifier = new ReceiptVerifier(store(), ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));
        assertThat(verifier.verifyAll().checked()).isEqualTo(100);
        assertThat(verifier.verifyAll().valid()).isTrue();
    }

    @Test
    @DisplayName("6a. pages are newest first, complete, without repetition, and end")
    void pages() {
        ReceiptLog one = log("one");
        ReceiptLog two = log("two");
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // several entries of the same microsecond, appended out of the order of time
            receipts.add(one.append(Drafts.at(Drafts.decided(Drafts.run()), Drafts.NOW.plusSeconds(i / 4))));
            receipts.add(two.append(Drafts.at(Drafts.decided(Drafts.run()), Drafts.NOW.minusSeconds(i / 3))));
        }

        List<Receipt> seen = new ArrayList<>();
        @Nullable ReceiptCursor after = null;
        do {
            ReceiptPage page = store().query(ReceiptFilter.all(), after, 3);
            assertThat(page.receipts()).hasSizeLessThanOrEqualTo(3);
            seen.addAll(page.receipts());
            after = page.next();
        } while (after != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(receipts);
        assertThat(new HashSet<>(seen)).hasSize(20);
        assertThat(seen).extracting(Receipt::timestamp).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    @DisplayName("6b. each filter keeps what it names and nothing else")
    void filters() {
        ReceiptLog log = log("test");
        RunId run = Drafts.run();
        Receipt passed = log.append(Drafts.decided(run));
        Receipt blocked = log.append(Drafts.at(Drafts.blocked(Drafts.run()), Drafts.NOW.plusSeconds(10)));
        ActionRequest request = Drafts.request(run, Map.of());
        Receipt completed = log.append(Drafts.completed(request));

        assertThat(found(ReceiptFilter.ofRun(run))).containsExactly(completed, passed);
        assertThat(found(ReceiptFilter.ofKind(ReceiptKind.COMPLETED))).containsExactly(completed);
        assertThat(found(ReceiptFilter.ofAction("crm.delete_customer"))).hasSize(3);
        assertThat(found(ReceiptFilter.ofAction("crm.other"))).isEmpty();
        assertThat(found(ReceiptFilter.builder().actor("support@example.org").build()))
                .hasSize(3);
        assertThat(found(ReceiptFilter.builder().actor("' OR 1=1 --").build())).isEmpty();
        assertThat(found(ReceiptFilter.builder().decision("BLOCK").build())).containsExactly(blocked);
        assertThat(found(ReceiptFilter.builder()
                        .since(Drafts.NOW.plusSeconds(10))
                        .build()))
                .containsExactly(blocked);
        assertThat(found(ReceiptFilter.builder().until(Drafts.NOW.plusMillis(5)).build()))
                .containsExactly(passed);
        assertThat(found(ReceiptFilter.builder()
                        .run(run)
                        .kind(ReceiptKind.DECIDED)
                        .action("crm.delete_customer")
                        .actor("support@example.org")
                        .decision("PASS")
                        .build()))
                .containsExactly(passed);
    }

    @Test
    @DisplayName("6c. times that no receipt can have, and texts that no name can be, find all or nothing")
    void impossibleFilters() {
        ReceiptLog log = log("test");
        Receipt receipt = log.append(Drafts.decided(Drafts.run()));

        assertThat(found(ReceiptFilter.builder()
                        .since(Instant.MIN)
                        .until(Instant.MAX)
                        .build()))
                .containsExactly(receipt);
        assertThat(found(ReceiptFilter.builder().since(Instant.MAX).build())).isEmpty();
        assertThat(found(ReceiptFilter.builder().until(Instant.MIN).build())).isEmpty();
        for (String text : List.of("\0", "support@example.org\0", "\uD800", "%", "_", "*", "\\", "x".repeat(100_000))) {
            assertThat(found(ReceiptFilter.builder().actor(text).build())).isEmpty();
            assertThat(found(ReceiptFilter.builder().actions(text + "*").build()))
                    .isEmpty();
            assertThat(found(ReceiptFilter.builder().system(text).build())).isEmpty();
            assertThat(found(ReceiptFilter.builder().workflow(text).build())).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ReceiptFilter.builder().decision(text).build());
            assertThat(found(ReceiptFilter.builder().policy(text).build())).isEmpty();
        }
        for (ReceiptCursor made : List.of(
                new ReceiptCursor(Instant.MAX, "\0", Long.MAX_VALUE), new ReceiptCursor(Instant.MAX, "\uD800", -1))) {
            assertThat(store().query(ReceiptFilter.all(), made, 10).receipts()).containsExactly(receipt);
        }
        assertThat(store().query(ReceiptFilter.all(), new ReceiptCursor(Instant.MIN, "", 0), 10)
                        .receipts())
                .isEmpty();
    }

    @Test
    @DisplayName("6d. rollbacks are found by the run they undid")
    void rollbacks() {
        ReceiptLog log = log("test");
        RunId run = Drafts.run();
        log.append(Drafts.decided(run));
        log.append(Drafts.rolledBack(Drafts.run()));
        Receipt first = log.append(Drafts.rolledBack(run));
        Receipt second = log.append(Drafts.at(Drafts.rolledBack(run), Drafts.NOW.plusSeconds(1)));

        assertThat(found(ReceiptFilter.rollbacksOf(run))).containsExactly(second, first);
        assertThat(first.originalRunId()).isEqualTo(run);
        assertThat(found(ReceiptFilter.rollbacksOf(first.runId()))).isEmpty();
    }

    @Test
    @DisplayName("6f. each filter, alone and with each other one, finds what it describes, newest first")
    void filtersTogether() {
        List<Receipt> receipts = VariedReceipts.in(log("test"), 240);
        List<ReceiptFilter> filters = VariedReceipts.filters(receipts);

        assertThat(filters)
                .hasSizeGreaterThan(100)
                .allSatisfy(filter -> assertThat(all(filter))
                        .as("%s", filter)
                        .containsExactlyInAnyOrderElementsOf(
                                receipts.stream().filter(filter::matches).toList())
                        .extracting(Receipt::timestamp)
                        .isSortedAccordingTo(Collections.reverseOrder()));
        assertThat(receipts.stream().filter(filters.get(0)::matches)).isNotEmpty();
    }

    @Test
    @DisplayName("6g. the newest entry of a filter is found on whatever page it is")
    void newest() {
        List<Receipt> receipts = VariedReceipts.in(log("test"), 60);
        ReceiptFilter filter = ReceiptFilter.builder()
                .policy(VariedReceipts.POLICY)
                .actions("billing.*")
                .build();

        assertThat(store().newest(filter)).isEqualTo(all(filter).stream().findFirst());
        assertThat(store().newest(filter)).isPresent().get().isIn(receipts);
        assertThat(store().newest(ReceiptFilter.ofAction("no.such"))).isEmpty();
    }

    private List<Receipt> found(ReceiptFilter filter) {
        return store().query(filter, null, 100).receipts();
    }

    private List<Receipt> all(ReceiptFilter filter) {
        List<Receipt> found = new ArrayList<>();
        @Nullable ReceiptCursor after = null;
        do {
            ReceiptPage page = store().query(filter, after, 7);
            found.addAll(page.receipts());
            after = page.next();
        } while (after != null);
        return found;
    }

    @Test
    @DisplayName("6c. a limit that is no limit is refused")
    void limits() {
        assertThatIllegalArgumentException().isThrownBy(() -> store().query(ReceiptFilter.all(), null, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().query(ReceiptFilter.all(), null, ReceiptStore.MAX_LIMIT + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> store().read("test", 1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> store().findOpen(null, 0));
    }

    @Test
    @DisplayName("7. a log is read in ascending order from any place, and knows its head")
    void readAndHead() {
        ReceiptLog log = log("test");
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            receipts.add(log.append(Drafts.decided(Drafts.run())));
        }

        assertThat(store().read("test", 2, 3)).isEqualTo(receipts.subList(1, 4));
        assertThat(store().read("test", Long.MIN_VALUE, 3)).isEqualTo(receipts.subList(0, 3));
        assertThat(store().read("test", 6, 3)).isEmpty();
        assertThat(store().read("another", 1, 3)).isEmpty();
        assertThat(store().head("test")).contains(receipts.get(4));
        assertThat(store().head("another")).isEmpty();
        assertThat(store().logs()).containsExactly("test");
    }

    @Test
    @DisplayName("8. open are decisions that let their call run and have no outcome, oldest first")
    void open() {
        ReceiptLog log = log("test");
        ActionRequest done = Drafts.request(Drafts.run(), Map.of());
        ActionRequest lost = Drafts.request(Drafts.run(), Map.of());
        log.append(decided(done));
        Receipt second = log.append(Drafts.at(decided(lost), Drafts.NOW.plusSeconds(1)));
        Receipt first = log.append(Drafts.decided(Drafts.run()));
        log.append(Drafts.blocked(Drafts.run()));
        Receipt observed = log.append(
                ReceiptDraft.decided(Drafts.request(Drafts.run(), Map.of()), Drafts.block(), EnactMode.OBSERVE));
        log.append(Drafts.completed(done));

        assertThat(store().findOpen(null, 10)).containsExactly(first, observed, second);
        assertThat(store().findOpen(null, 1)).containsExactly(first);
        assertThat(store().findOpen(ReceiptCursor.of(first), 1)).containsExactly(observed);
        assertThat(store().findOpen(ReceiptCursor.of(observed), 10)).containsExactly(second);
        assertThat(store().findOpen(ReceiptCursor.of(second), 10)).isEmpty();
        UUID inFlight = lost.actionId();
        assertThat(new InDoubtRuns(store(), "test").find(inFlight::equals)).containsExactly(first, observed);
    }

    @Test
    @DisplayName("6e. a run is read as a whole up to so many bytes")
    void runOfManyBytes() {
        int block = (int) (ReceiptStore.MAX_RUN_BYTES / 8);
        Masking generous =
                new Masking(new CredentialDetector(), List.of(), new ReceiptLimits(block, 1000, block + 1024));
        ReceiptLog log = ReceiptLog.direct("test", store(), ReceiptSigner.hs256(Drafts.SECRET), generous, Drafts.CLOCK);
        RunId run = Drafts.run();
        Map<String, Object> args = Map.of("content", " ".repeat(block - 8192));
        for (int i = 0; i < 8; i++) {
            log.append(Drafts.decided(run, args));
        }
        assertThat(store().findByRun(run)).hasSize(8);

        log.append(Drafts.decided(run, args));

        assertThatExceptionOfType(RunTooLargeException.class)
                .isThrownBy(() -> store().findByRun(run))
                .withMessageContaining(run.toString())
                .withMessageContaining(ReceiptStore.MAX_RUN_BYTES / (1024 * 1024) + " MiB");
    }

    private static ReceiptDraft decided(ActionRequest request) {
        return ReceiptDraft.decided(request, Drafts.pass(), EnactMode.ENFORCE);
    }

    @Test
    @DisplayName("a reader gets every log in its order, page by page, goes on after a restart, and sees a new log")
    void orderedReader() {
        ReceiptLog one = log("one");
        List<Receipt> appended = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            appended.add(one.append(Drafts.decided(Drafts.run())));
        }
        log("two").append(Drafts.decided(Drafts.run()));
        List<Receipt> read = new ArrayList<>();
        String kept = LogCursor.start("one").toString();

        for (int page = 0; page < 3; page++) {
            LogPage next = new LogReader(store()).read(LogCursor.parse(kept), 10);
            read.addAll(next.entries());
            assertThat(next.continuous()).isTrue();
            kept = next.next().toString();
        }

        assertThat(read).isEqualTo(appended);
        LogReader reader = new LogReader(store());
        assertThat(reader.read(LogCursor.parse(kept), 10))
                .isEqualTo(new LogPage(List.of(), LogCursor.after(appended.get(24)), true));
        assertThat(reader.logs()).containsExactlyInAnyOrder("one", "two");
        Receipt later = one.append(Drafts.decided(Drafts.run()));
        assertThat(reader.read(LogCursor.parse(kept), 10).entries()).containsExactly(later);
        log("three").append(Drafts.decided(Drafts.run()));
        assertThat(reader.logs()).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(reader.read(LogCursor.start("three"), 10).entries()).hasSize(1);
        assertThat(reader.read(LogCursor.start("none"), 10))
                .isEqualTo(new LogPage(List.of(), LogCursor.start("none"), true));
    }
}

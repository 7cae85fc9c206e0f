package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.TestClock;
import cloud.enact.action.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VerificationWatchTests {

    private static final ReceiptKeys KEYS = ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET));

    private static final Duration DAY = Duration.ofDays(1);

    private final SignedLog log = new SignedLog("orders", "elsewhere");

    private final Switched store = new Switched();

    private final TestClock clock = new TestClock(Drafts.NOW);

    private final List<VerificationReport> heard = new ArrayList<>();

    private final RecordedPace pace = new RecordedPace(1000);

    private VerificationWatch watch(AnchorSource... sources) {
        return new VerificationWatch(
                this.store,
                KEYS,
                SignedLog.KEYS,
                List.of(sources),
                DAY,
                this.pace,
                this.clock,
                List.of(this.heard::add));
    }

    private Verification pass(VerificationWatch watch) {
        int before = this.heard.size();
        watch.pass();
        assertThat(this.heard).hasSize(before + 1);
        return this.heard.get(before).verification();
    }

    private static VerificationState state(Verification verification) {
        assertThat(verification.problems()).isNotEmpty();
        return verification.problems().get(0).state();
    }

    @Test
    void itVerifiesEverythingOnceAndThenWhatCameSinceTheNewestAnchor() {
        this.log.append(6).anchor();
        this.store.show(this.log.append(2).entries());
        VerificationWatch watch = watch(this.log);

        assertThat(pass(watch).checked()).isEqualTo(8);
        assertThat(pass(watch).checked()).isEqualTo(2);
        this.store.show(this.log.append(3).entries());
        Verification third = pass(watch);
        assertThat(third.checked()).isEqualTo(5);
        assertThat(third.exposure().entries()).isEqualTo(5);
        assertThat(third.exposure().anchors()).isEqualTo(1);

        this.log.anchor();
        assertThat(pass(watch).exposure()).isEqualTo(new Exposure(0, 2, 0, null));
        assertThat(pass(watch).checked()).isZero();
        assertThat(this.heard).extracting(VerificationReport::full).containsExactly(true, false, false, false, false);
    }

    @Test
    void everythingIsVerifiedAgainAfterAWhile() {
        this.log.append(6).anchor();
        this.store.show(this.log.entries());
        VerificationWatch watch = watch(this.log);
        pass(watch);
        pass(watch);

        this.clock.pass(DAY);

        assertThat(pass(watch).checked()).isEqualTo(6);
        assertThat(watch.status().lastFull()).isEqualTo(this.clock.instant());
        assertThat(watch.status().entries()).isEqualTo(12);
        assertThat(watch.status().passes()).isEqualTo(3);
    }

    @Test
    void anAnchorThatArrivesLateIsStillCompared() {
        this.log.append(4).anchor();
        this.store.show(this.log.append(2).entries());
        SignedLog another = new SignedLog("orders", "another history").append(5);
        VerificationWatch watch = watch(this.log);
        assertThat(pass(watch).valid()).isTrue();

        this.log.remember(another.checkpoint(SignedLog.SIGNER).note());

        assertThat(state(pass(watch))).isEqualTo(VerificationState.OTHER_HISTORY);
    }

    @Test
    void aLogThatShrinksUnderARunningProcessIsFoundWithoutAnyAnchor() {
        List<byte[]> entries = this.log.append(6).entries();
        this.store.show(entries);
        VerificationWatch watch = watch();
        assertThat(pass(watch).valid()).isTrue();

        this.store.show(entries.subList(0, 4));

        assertThat(state(pass(watch))).isEqualTo(VerificationState.CUT);
        assertThat(watch.status().problem()).contains("this process, which verified it before, says it had 6 entries");
        assertThat(state(pass(watch))).as("again").isEqualTo(VerificationState.CUT);
        this.store.show(List.of());
        assertThat(state(pass(watch))).as("all of it gone").isEqualTo(VerificationState.CUT);

        this.store.show(this.log.append(1).entries());
        assertThat(pass(watch).valid()).as("put right").isTrue();
        assertThat(watch.status().problem()).isNull();
    }

    @Test
    void aHistoryThatIsExchangedUnderARunningProcessIsFound() {
        this.log.append(6).anchor();
        this.store.show(this.log.append(3).entries());
        VerificationWatch watch = watch(this.log);
        pass(watch);

        this.store.show(new SignedLog("orders", "forger").append(12).entries());

        assertThat(state(pass(watch))).isEqualTo(VerificationState.OTHER_HISTORY);
    }

    @Test
    void whatWasCutBehindTheAnchoredPartIsFoundToo() {
        this.log.append(6).anchor();
        List<byte[]> entries = this.log.append(3).entries();
        this.store.show(entries);
        VerificationWatch watch = watch(this.log);
        pass(watch);

        this.store.show(entries.subList(0, 7));

        assertThat(state(pass(watch))).isEqualTo(VerificationState.CUT);
    }

    @Test
    void anEditInThePartThatWasVerifiedIsFoundByTheNextFullPass() {
        this.log.append(6).anchor();
        List<byte[]> entries = this.log.entries();
        this.store.show(entries);
        VerificationWatch watch = watch(this.log);
        pass(watch);
        entries.set(1, new SignedLog("orders", "forger").append(2).entries().get(1));
        this.store.show(entries);

        assertThat(pass(watch).valid()).as("not looked at").isTrue();
        this.clock.pass(DAY);
        assertThat(pass(watch).valid()).isFalse();
        assertThat(pass(watch).valid()).as("and not forgotten").isFalse();
    }

    @Test
    void theStoresOwnCheckpointsAreComparedWithTheEntriesThatAreLeft() {
        MemoryReceiptStore memory = new MemoryReceiptStore(10);
        ReceiptLog writer = Drafts.log(memory);
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < 3; i++) {
            tree.append(writer.append(Drafts.decided(Drafts.run())).bytes());
        }
        tree.append(new byte[0]);
        memory.save(SignedLog.SIGNER.sign("test", 4, tree.root(), Drafts.NOW), tree.range());
        VerificationWatch watch = new VerificationWatch(
                memory, KEYS, SignedLog.KEYS, List.of(), DAY, this.pace, this.clock, List.of(this.heard::add));

        assertThat(state(pass(watch))).isEqualTo(VerificationState.CUT);
    }

    @Test
    void aStoreThatCantBeReadIsToldAndTriedAgain() {
        this.store.show(this.log.append(2).entries());
        VerificationWatch watch = watch();
        pass(watch);
        this.store.broken = true;

        watch.pass();

        assertThat(watch.status().lastError()).isEqualTo("the disk is gone");
        assertThat(watch.status().problem()).isNull();
        this.store.broken = false;
        assertThat(pass(watch).valid()).isTrue();
        assertThat(watch.status().lastError()).isNull();
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        this.store.show(this.log.append(2).entries());
        VerificationWatch watch = new VerificationWatch(
                this.store,
                KEYS,
                SignedLog.KEYS,
                List.of(),
                DAY,
                this.pace,
                this.clock,
                List.of(
                        report -> {
                            throw new IllegalStateException("mine");
                        },
                        this.heard::add));

        assertThat(pass(watch).valid()).isTrue();
    }

    @Test
    void itTakesItsTime() {
        this.store.show(this.log.append(1200).entries());

        pass(watch());

        // pages of 500 at 1000 a second; the time of the test stands still
        assertThat(this.pace.waits.subList(0, 3))
                .containsExactly(
                        TimeUnit.MILLISECONDS.toNanos(500),
                        TimeUnit.MILLISECONDS.toNanos(1000),
                        TimeUnit.MILLISECONDS.toNanos(1200));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void itStopsInTheMiddleOfAPass() throws Exception {
        this.store.show(this.log.append(1200).entries());
        // an entry in a second
        Pace slow = new Pace(1, System::nanoTime);
        VerificationWatch watch = new VerificationWatch(
                this.store, KEYS, SignedLog.KEYS, List.of(), DAY, slow, this.clock, List.of(this.heard::add));
        Thread thread = new Thread(watch::pass);
        this.store.reads = new CountDownLatch(2);
        thread.start();
        this.store.reads.await();

        watch.pass(); // one at a time: returns at once
        watch.close();
        thread.join();

        assertThat(this.heard).isEmpty();
        assertThat(watch.status().passes()).isZero();
        watch.pass();
        assertThat(this.heard).as("after the end").isEmpty();
    }

    /** A store that shows another content from one moment to the next. */
    private static final class Switched implements ReceiptStore {

        private volatile ReceiptStore current = SignedLog.store("orders", List.of());

        private volatile boolean broken;

        private volatile CountDownLatch reads = new CountDownLatch(0);

        private void show(List<byte[]> entries) {
            this.current = SignedLog.store("orders", new ArrayList<>(entries));
        }

        @Override
        public void append(List<Receipt> batch) {
            throw new ReceiptStoreException("evidence", null);
        }

        @Override
        public Optional<Receipt> find(String log, long seq) {
            return this.current.find(log, seq);
        }

        @Override
        public List<Receipt> findByRun(RunId runId) {
            return this.current.findByRun(runId);
        }

        @Override
        public ReceiptPage query(ReceiptFilter filter, @Nullable ReceiptCursor after, int limit) {
            return this.current.query(filter, after, limit);
        }

        @Override
        public Optional<Receipt> head(String log) {
            return this.current.head(log);
        }

        @Override
        public List<String> logs() {
            return this.current.logs();
        }

        @Override
        public List<Receipt> read(String log, long fromSeq, int limit) {
            this.reads.countDown();
            if (this.broken) {
                throw new ReceiptStoreException("the disk is gone", null);
            }
            return this.current.read(log, fromSeq, limit);
        }

        @Override
        public List<Receipt> findOpen(@Nullable ReceiptCursor after, int limit) {
            return List.of();
        }
    }

    /** Writes down how long it would wait. */
    private static final class RecordedPace extends Pace {

        private final List<Long> waits = new ArrayList<>();

        private RecordedPace(long perSecond) {
            super(perSecond, () -> 0);
        }

        @Override
        boolean await(long nanos) {
            this.waits.add(nanos);
            return false;
        }
    }
}

package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a log does about checkpoints. The timeout only ends a test that would hang. */
@Timeout(60)
class CheckpointerTests {

    private static final Duration LONG = Duration.ofSeconds(50);

    private static final Duration SHORT = Duration.ofMillis(5);

    private static final ReceiptSigner SECRET = ReceiptSigner.hs256(Drafts.SECRET);

    private static final CheckpointSigner SIGNER = CheckpointSigner.derivedFrom("example.com/billing", SECRET);

    private static final CheckpointKeys KEYS = CheckpointKeys.of(List.of(SIGNER.key()));

    private final OutageStore store = new OutageStore();

    private final RecordingSink sink = new RecordingSink("file");

    private final RecordingSink other = new RecordingSink("webhook");

    private ReceiptLog log(int entries, Duration interval) {
        return log(entries, interval, ReceiptKeys.of(SECRET), SIGNER, KEYS);
    }

    private ReceiptLog log(
            int entries, Duration interval, ReceiptKeys keys, CheckpointSigner signer, CheckpointKeys former) {
        return ReceiptLog.groupCommit(
                "test",
                this.store,
                keys,
                Masking.defaults(),
                new ReceiptLogOptions(100, 10, LONG),
                new CheckpointOptions(signer, former, List.of(this.sink, this.other), entries, interval, LONG),
                Drafts.CLOCK);
    }

    private static void append(ReceiptLog log, int entries) {
        for (int i = 0; i < entries; i++) {
            log.append(Drafts.decided(Drafts.run()));
        }
    }

    private byte[] root(long size) {
        MerkleTree tree = new MerkleTree();
        this.store.read("test", 1, (int) size).forEach(entry -> tree.append(entry.bytes()));
        assertThat(tree.size()).isEqualTo(size);
        return tree.root();
    }

    private static CheckpointState await(ReceiptLog log, Predicate<CheckpointState> condition) {
        return Patience.awaiting("a state of the checkpoints")
                .until(() -> log.state().checkpoints(), state -> state != null && condition.test(state));
    }

    @Test
    void aCheckpointIsDueAfterSoManyEntriesAndSaysWhatTheLogHolds() throws Exception {
        try (ReceiptLog log = log(3, LONG)) {
            append(log, 3);

            Checkpoint checkpoint = this.sink.await(3);

            assertThat(KEYS.open(checkpoint.note())).isEqualTo(checkpoint);
            assertThat(checkpoint.root()).isEqualTo(root(3));
            assertThat(this.store.newest("test")).hasValueSatisfying(saved -> {
                assertThat(saved.checkpoint()).isEqualTo(checkpoint);
                assertThat(MerkleTree.of(3, saved.range()).root()).isEqualTo(checkpoint.root());
            });
            assertThat(this.other.await(3)).isEqualTo(checkpoint);
        }
    }

    @Test
    void aCheckpointIsDueAfterTheIntervalWhenThereAreNewEntries() throws Exception {
        try (ReceiptLog log = log(1000, SHORT)) {
            append(log, 1);
            assertThat(this.sink.await(1).size()).isEqualTo(1);
            append(log, 1);
            assertThat(this.sink.await(2).root()).isEqualTo(root(2));
        }
        assertThat(this.sink.checkpoints()).hasSize(2);
    }

    @Test
    void closingMakesTheLastOne() {
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 7);
        }

        assertThat(this.sink.checkpoints()).extracting(Checkpoint::size).containsExactly(7L);
        assertThat(this.other.checkpoints()).extracting(Checkpoint::size).containsExactly(7L);
        assertThat(this.store.newest("test")).isPresent();
    }

    @Test
    void aLogWithoutEntriesHasNoCheckpoint() {
        log(1, SHORT).close();

        assertThat(this.sink.checkpoints()).isEmpty();
        assertThat(this.store.newest("test")).isEmpty();
    }

    @Test
    void theNextStartGoesOnFromTheNewestAndReadsOnlyWhatCameAfter() throws Exception {
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 5);
        }
        // a process without checkpoints, such as the command line
        try (ReceiptLog log = Drafts.log(this.store)) {
            append(log, 2);
        }
        this.store.hide(5);

        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 2);
        }

        this.store.hide(0);
        assertThat(this.sink.await(9).root()).isEqualTo(root(9));
    }

    @Test
    void whatASinkMissedBeforeTheLastProcessEndedIsHandedOverAtTheNextStart() throws Exception {
        this.sink.refuse("unreachable");
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 5);
        }
        assertThat(this.sink.checkpoints()).isEmpty();
        this.sink.refuse(null);

        try (ReceiptLog log = log(1000, LONG)) {
            assertThat(this.sink.await(5).size()).isEqualTo(5);
        }
    }

    @Test
    void aSinkThatStandsStillHoldsNeitherTheLogNorTheOtherOneUpAndGetsTheNewestOnly() throws Exception {
        CountDownLatch gate = this.sink.hold();
        try (ReceiptLog log = log(1, LONG)) {
            for (int size = 1; size <= 20; size++) {
                append(log, 1);
                this.other.await(size);
            }
            CheckpointState state = await(log, seen -> seen.size() == 20);
            assertThat(state.entries()).isEqualTo(20);
            assertThat(state.anchors())
                    .satisfiesExactly(
                            stuck -> {
                                assertThat(stuck.sink()).isEqualTo("file");
                                assertThat(stuck.size()).isZero();
                                assertThat(stuck.exposed()).isEqualTo(20);
                                assertThat(stuck.exposedSince()).isEqualTo(Drafts.NOW);
                            },
                            swift -> assertThat(swift.sink()).isEqualTo("webhook"));

            gate.countDown();
            this.sink.await(20);
        }
        // the one it stood still at, and the newest
        assertThat(this.sink.checkpoints()).hasSizeLessThanOrEqualTo(2).last().matches(last -> last.size() == 20);
    }

    @Test
    void aSinkThatRefusesIsTriedAgainAndTheStateSaysSo() throws Exception {
        this.sink.refuse("no route to host");
        try (ReceiptLog log = log(1, SHORT)) {
            append(log, 1);
            CheckpointState state = await(log, seen -> seen.anchors().get(0).failures() > 1);
            assertThat(state.anchors().get(0).lastError()).isEqualTo("no route to host");
            assertThat(state.anchors().get(0).exposed()).isEqualTo(1);
            assertThat(log.state().healthy()).isTrue();

            this.sink.refuse(null);
            this.sink.await(1);
            CheckpointState after = await(log, seen -> seen.anchors().get(0).size() == 1);
            assertThat(after.anchors().get(0).lastError()).isNull();
            assertThat(after.anchors().get(0).exposed()).isZero();
            assertThat(after.anchors().get(0).exposedSince()).isNull();
        }
    }

    @Test
    void closingDoesNotWaitForASinkThatStandsStillLongerThanConfigured() {
        CountDownLatch gate = this.sink.hold();
        ReceiptLog log = ReceiptLog.groupCommit(
                "test",
                this.store,
                ReceiptKeys.of(SECRET),
                Masking.defaults(),
                new ReceiptLogOptions(100, 10, LONG),
                new CheckpointOptions(SIGNER, KEYS, List.of(this.sink), 1, LONG, Duration.ofMillis(50)),
                Drafts.CLOCK);
        append(log, 1);

        log.close();

        assertThat(this.store.newest("test")).isPresent();
        gate.countDown();
    }

    @Test
    void aStoreThatDoesNotKeepACheckpointIsTriedAgainAndNothingIsHandedOutBefore() throws Exception {
        this.store.refuseCheckpoints("the disk is full");
        try (ReceiptLog log = log(1, SHORT)) {
            append(log, 1);
            CheckpointState state = await(log, seen -> seen.lastError() != null);
            assertThat(state.lastError()).contains("the disk is full");
            assertThat(state.size()).isZero();
            assertThat(this.sink.checkpoints()).isEmpty();
            // receipts are not held up by that
            append(log, 5);

            this.store.refuseCheckpoints(null);
            assertThat(this.sink.await(6).root()).isEqualTo(root(6));
            assertThat(await(log, seen -> seen.lastError() == null).size()).isEqualTo(6);
        }
    }

    @Test
    void aSizeIsSignedOnceEvenWhenItsFateIsUnknown() throws Exception {
        this.store.lieAboutTheNextCheckpoint();
        try (ReceiptLog log = log(1, SHORT)) {
            append(log, 1);
            this.sink.await(1);
        }
        assertThat(this.store.checkpoints("test", 0, 10)).isEqualTo(this.sink.checkpoints());
    }

    @Test
    void anEntryOfUnknownFateIsInTheTreeWhenItIsInTheLog() throws Exception {
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 2);
            this.store.lieOnce();
            assertThatExceptionOfType(ReceiptStoreException.class).isThrownBy(() -> append(log, 1));
            append(log, 2);
        }
        assertThat(this.sink.await(5).root()).isEqualTo(root(5));
    }

    @Test
    void aLogThatWasCutDoesNotStart() {
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 5);
        }
        this.store.cut("test", 4);

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> log(1000, LONG))
                .withMessageContaining("has 4 entries")
                .withMessageContaining("says 5: it was cut");
    }

    @Test
    void aCheckpointThatWasAlteredStopsTheStart() {
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 5);
        }
        this.store.alterCheckpoints(note -> note.replaceFirst("\\n5\\n", "\n4\n"));
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> log(1000, LONG))
                .withMessageContaining("tampered with");

        this.store.alterCheckpoints(note -> "nothing");
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> log(1000, LONG))
                .withMessageContaining("tampered with");
    }

    @Test
    void anEdgeThatWasAlteredIsMadeAgainFromTheEntries() throws Exception {
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 5);
        }
        this.store.alterRange(new byte[64]);

        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 1);
        }

        assertThat(this.sink.await(6).root()).isEqualTo(root(6));
    }

    @Test
    void anEntryAlteredBehindTheNewestCheckpointIsNotSignedFor() {
        try (ReceiptLog log = Drafts.log(this.store)) {
            append(log, 5);
        }
        this.store.alter(3, bytes -> {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        });

        try (ReceiptLog log = log(1, SHORT)) {
            append(log, 1);
            assertThat(await(log, seen -> seen.lastError() != null).lastError())
                    .contains("No checkpoint is made of receipt log test: entry 3");
        }
        assertThat(this.sink.checkpoints()).isEmpty();
        assertThat(this.store.newest("test")).isEmpty();
    }

    @Test
    void aChangedKeyGoesOnWhenTheEntriesAreThoseOfTheFormerOne() {
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 5);
        }

        try (ReceiptLog log = changedLog()) {
            append(log, 1);
        }

        assertThat(this.sink.checkpoints()).extracting(Checkpoint::size).containsExactly(5L, 6L);
    }

    @Test
    void aHistorySignedAnewIsNotSignedForByAKeyThatDoesNotKnowTheFormerOne() {
        try (ReceiptLog log = log(1000, LONG)) {
            append(log, 5);
        }
        this.store.cut("test", 0);
        try (ReceiptLog log = Drafts.log(this.store)) {
            append(log, 5);
        }

        try (ReceiptLog log = changedLog()) {
            append(log, 1);
            assertThat(await(log, seen -> seen.lastError() != null).lastError())
                    .contains("not those of the checkpoint at 5");
        }

        assertThat(this.sink.checkpoints()).extracting(Checkpoint::size).containsExactly(5L);
    }

    @Test
    void aRetiredKeyDoesNotSayWhatTheNextOneSigns() {
        try (ReceiptLog log = Drafts.log(this.store)) {
            append(log, 5);
        }
        // who has the retired key and the database says that it was another log
        MerkleTree forged = new MerkleTree();
        for (int i = 0; i < 5; i++) {
            forged.append(new byte[] {(byte) i});
        }
        this.store.save(SIGNER.sign("test", 5, forged.root(), Drafts.NOW), forged.range());

        try (ReceiptLog log = changedLog(SIGNER.key())) {
            append(log, 1);
            assertThat(await(log, seen -> seen.lastError() != null).lastError())
                    .contains("not those of the checkpoint at 5");
        }

        assertThat(this.sink.checkpoints()).isEmpty();
    }

    /** A log with another checkpoint key, to which the former one is unknown. */
    private ReceiptLog changedLog(CheckpointKey... former) {
        CheckpointSigner changed =
                CheckpointSigner.derivedFrom("example.com/billing", ReceiptSigner.hs256("x" + Drafts.SECRET));
        List<CheckpointKey> keys = new ArrayList<>(List.of(former));
        keys.add(changed.key());
        return log(1, SHORT, ReceiptKeys.of(SECRET), changed, CheckpointKeys.of(keys));
    }

    @Test
    void twoSinksOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckpointOptions(
                        SIGNER, KEYS, List.of(this.sink, new RecordingSink("file")), 1, LONG, LONG))
                .withMessageContaining("same name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckpointOptions(SIGNER, KEYS, List.of(), 0, LONG, LONG));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckpointOptions(SIGNER, KEYS, List.of(), 1, Duration.ZERO, LONG));
    }
}

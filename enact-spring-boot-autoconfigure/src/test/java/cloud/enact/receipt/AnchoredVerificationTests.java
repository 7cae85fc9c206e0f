package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a verification finds with checkpoints from outside the store, and what it says it can't find. */
class AnchoredVerificationTests {

    private static final ReceiptKeys KEYS = ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET));

    private final SignedLog log = new SignedLog("orders", "elsewhere");

    private static Verification verify(List<byte[]> entries, AnchorSource... sources) {
        Anchors anchors = Anchors.read(List.of(sources), SignedLog.KEYS);
        Verification store =
                new ReceiptVerifier(SignedLog.store("orders", entries), KEYS, SignedHeads.of(anchors)).verifyAll();
        // an export of the same entries must be judged alike
        ExportVerifier export = new ExportVerifier(KEYS, true, SignedHeads.of(anchors));
        entries.forEach(export::add);
        Verification exported = export.result();
        assertThat(exported.valid()).isEqualTo(store.valid());
        assertThat(exported.exposure()).isEqualTo(store.exposure());
        return store;
    }

    private static List<VerificationState> states(Verification verification) {
        return verification.problems().stream().map(VerificationProblem::state).toList();
    }

    @Test
    void aLogThatAgreesWithItsAnchorsIsValidAndOnlyItsEndIsExposed() {
        this.log.append(3).anchor();
        this.log.append(4).anchor();
        this.log.append(2);

        Verification found = verify(this.log.entries(), this.log);

        assertThat(found.valid()).isTrue();
        assertThat(found.exposure()).isEqualTo(new Exposure(0, 2, 2, Drafts.NOW));
        assertThat(found.exposure().summary())
                .isEqualTo("0 checkpoints in the store and 2 anchors outside agree; 2 entries since"
                        + " 2026-11-20T12:00:00.123456Z behind the newest anchor: it would not show if the newest of"
                        + " them were cut off");
    }

    @Test
    void withoutAnchorsEverythingIsExposed() {
        this.log.append(5);

        Verification found = verify(this.log.entries());

        assertThat(found.valid()).isTrue();
        assertThat(found.exposure()).isEqualTo(new Exposure(0, 0, 5, Drafts.NOW));
    }

    @Test
    void aTailThatWasCutIsFoundUpToTheNewestAnchorAndNotBehindIt() {
        this.log.append(6).anchor();
        this.log.append(4);
        List<byte[]> entries = this.log.entries();

        for (int left = 0; left <= 10; left++) {
            Verification found = verify(entries.subList(0, left), this.log);
            if (left >= 6) {
                assertThat(found.valid()).as("%s left", left).isTrue();
                assertThat(found.exposure().entries()).isEqualTo(left - 6);
            } else if (left > 0) {
                assertThat(states(found)).containsExactly(VerificationState.CUT);
                assertThat(found.summary())
                        .endsWith("first: entry " + (left + 1)
                                + " of log orders: the log was cut: the newest checkpoint in elsewhere says it had 6"
                                + " entries, there " + ((left == 1) ? "is" : "are") + " " + left);
            } else {
                assertThat(states(found)).contains(VerificationState.CUT);
            }
        }
    }

    @Test
    void anOldBackupIsFoundAlsoWhenTheLogWentOnFromIt() {
        this.log.append(3).anchor();
        List<byte[]> backup = this.log.entries();
        this.log.append(3).anchor();

        assertThat(states(verify(backup, this.log))).containsExactly(VerificationState.CUT);

        // the writer started again on the backup and overtook the newest anchor
        SignedLog again = new SignedLog("orders", "again").append(9);
        assertThat(states(verify(again.entries(), this.log))).containsExactly(VerificationState.OTHER_HISTORY);
    }

    @Test
    void aHistoryThatWasSignedAnewWithTheTrueKeyIsFound() {
        this.log.append(8).anchor();
        SignedLog forged = new SignedLog("orders", "forger").append(20);

        Verification found = verify(forged.entries(), this.log);

        assertThat(found.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.seq()).isEqualTo(8))
                .extracting(VerificationProblem::state)
                .isEqualTo(VerificationState.OTHER_HISTORY);
        assertThat(found.exposure().entries()).isEqualTo(20);
    }

    @Test
    void theFirstAnchorThatDiffersTellsWhereItBegan() {
        this.log.append(2).anchor();
        this.log.append(2).anchor();
        this.log.append(2).anchor();
        List<byte[]> entries = this.log.entries();
        SignedLog other = new SignedLog("orders", "other").append(6);
        for (int i = 2; i < 6; i++) {
            entries.set(i, other.entries().get(i));
        }

        Verification found = verify(entries, this.log);

        assertThat(found.problems().stream()
                        .filter(problem -> problem.state() == VerificationState.OTHER_HISTORY)
                        .map(VerificationProblem::seq))
                .containsExactly(4L);
        assertThat(found.exposure().anchors()).isEqualTo(1);
        assertThat(found.exposure().entries()).isEqualTo(4);
    }

    @Test
    void twoRootsForOneSizeAreASplitView() {
        this.log.append(4).anchor();
        SignedLog shown = new SignedLog("orders", "auditor").append(4);
        shown.anchor();

        assertThat(states(verify(this.log.entries(), this.log, shown)))
                .containsExactlyInAnyOrder(VerificationState.SPLIT_VIEW, VerificationState.OTHER_HISTORY);
        assertThat(states(verify(this.log.entries(), shown, this.log)))
                .containsExactlyInAnyOrder(VerificationState.SPLIT_VIEW, VerificationState.OTHER_HISTORY);
    }

    @Test
    void sourcesThatSayTheSameAreNoContradiction() {
        this.log.append(4).anchor();
        SignedLog copy = new SignedLog("orders", "copy");
        this.log.notes(copy::remember);

        Verification found = verify(this.log.entries(), this.log, copy);

        assertThat(found.valid()).isTrue();
        assertThat(found.exposure()).isEqualTo(new Exposure(0, 1, 0, null));
    }

    @Test
    void anchorsMayComeInAnyOrder() {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            notes.add(0, this.log.append(1).checkpoint(SignedLog.SIGNER).note());
        }
        SignedLog shuffled = new SignedLog("orders", "shuffled");
        notes.forEach(shuffled::remember);

        assertThat(verify(this.log.entries(), shuffled).exposure()).isEqualTo(new Exposure(0, 20, 0, null));
        assertThat(states(verify(this.log.entries().subList(0, 19), shuffled))).containsExactly(VerificationState.CUT);
    }

    @Test
    void aForgedAnchorIsAProblemAndNotBelieved() {
        String note = this.log.append(4).checkpoint(SignedLog.SIGNER).note();
        this.log.remember(note.replaceFirst("\n4\n", "\n9\n"));

        Verification found = verify(this.log.entries(), this.log);

        assertThat(states(found)).containsExactly(VerificationState.FORGED_CHECKPOINT);
        assertThat(found.summary()).contains("1 in elsewhere with a signature that does not fit");
    }

    @Test
    void anAnchorOfAnUnknownKeyIsNotBelievedAndAloneAProblem() {
        CheckpointSigner stranger =
                CheckpointSigner.derivedFrom("test", ReceiptSigner.hs256("of somebody else, more than 32 characters"));
        this.log.append(2);
        this.log.remember(this.log.checkpoint(stranger).note());

        Verification alone = verify(this.log.entries(), this.log);
        assertThat(states(alone)).containsExactly(VerificationState.FORGED_CHECKPOINT);
        assertThat(alone.summary()).contains("none of 1 in elsewhere is signed with a checkpoint key that is known");

        // others may use the same place
        this.log.anchor();
        assertThat(verify(this.log.entries(), this.log).valid()).isTrue();
    }

    @Test
    void aLogThatIsGoneAltogetherIsFound() {
        this.log.append(2).anchor();
        SignedLog gone = new SignedLog("gone", "elsewhere").append(5);
        gone.anchor();

        Verification found = verify(this.log.entries(), this.log, gone);

        assertThat(found.problems())
                .singleElement()
                .returns("gone", VerificationProblem::log)
                .returns(VerificationState.CUT, VerificationProblem::state)
                .satisfies(problem -> assertThat(problem.detail()).endsWith("it had 5 entries, there are 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "no note", "test/orders\n4\n", "test/orders\n-1\nAAAA\ntime x\n\n— test AAAA\n"})
    void whatIsNoCheckpointIsPassedOver(String text) {
        this.log.append(2).anchor();
        this.log.remember(text);

        assertThat(verify(this.log.entries(), this.log).valid()).isTrue();
    }

    @Test
    void aPlaceThatCantBeReadIsAnError() {
        AnchorSource broken = new AnchorSource() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void notes(Consumer<String> visitor) throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> Anchors.read(List.of(broken), SignedLog.KEYS))
                .withMessage("The checkpoints in broken can't be read (IOException)");
    }

    @Test
    void aFloodOfForgedOnesIsToldAndCostsNoMoreThanItsReading() {
        String note = this.log.append(3).anchor().note();
        SignedLog flooded = new SignedLog("orders", "flooded");
        for (int size = 4; size < 3000; size++) {
            flooded.remember(note.replace("\n3\n", "\n" + size + "\n"));
        }

        Verification found = verify(this.log.entries(), this.log, flooded);

        assertThat(states(found)).containsExactly(VerificationState.FORGED_CHECKPOINT);
        assertThat(found.summary()).contains("at least 1000 in flooded");
        assertThat(found.exposure().anchors()).isEqualTo(1);
    }

    @Test
    void moreOfThemThanFitIntoMemoryAreThinnedOutAndTheNewestAndContradictionsStay() {
        for (int i = 0; i < 50; i++) {
            this.log.append(1).anchor();
        }
        Anchors few = Anchors.read(List.of(this.log), SignedLog.KEYS, 8);

        assertThat(few.count("orders")).isBetween(4L, 8L);
        assertThat(few.newest("orders")).isEqualTo(50);
        List<byte[]> entries = this.log.entries();
        assertThat(states(new ReceiptVerifier(
                                SignedLog.store("orders", entries.subList(0, 49)), KEYS, SignedHeads.of(few))
                        .verifyAll()))
                .containsExactly(VerificationState.CUT);

        // an even size, which thinning would leave out
        this.log.remember(
                new SignedLog("orders", "shown to others").append(2).anchor().note());
        Anchors split = Anchors.read(List.of(this.log), SignedLog.KEYS, 60);
        Anchors thinned = Anchors.read(List.of(this.log, this.log), SignedLog.KEYS, 50);
        for (Anchors anchors : List.of(split, thinned)) {
            assertThat(states(new ReceiptVerifier(SignedLog.store("orders", entries), KEYS, SignedHeads.of(anchors))
                            .verifyAll()))
                    .contains(VerificationState.SPLIT_VIEW);
        }
        assertThat(thinned.count("orders")).isLessThan(50);
    }

    @Test
    void oneThatIsRepeatedCountsOnce() {
        Checkpoint first = this.log.append(2).anchor();
        Checkpoint second = this.log.append(2).anchor();
        SignedLog other = new SignedLog("orders", "other");
        for (int i = 0; i < 500; i++) {
            other.remember(second.note()).remember(first.note());
        }

        assertThat(Anchors.read(List.of(other, this.log, other), SignedLog.KEYS).count("orders"))
                .isEqualTo(2);
        assertThat(verify(this.log.entries(), this.log, other).valid()).isTrue();
    }

    @Test
    void aPartOfAnExportIsNotHeldAgainstIt() {
        this.log.append(4).anchor();
        ExportVerifier verifier =
                new ExportVerifier(KEYS, false, SignedHeads.of(Anchors.read(List.of(this.log), SignedLog.KEYS)));
        verifier.add(this.log.entries().get(2));

        assertThat(verifier.result().valid()).isTrue();
        assertThat(verifier.result().exposure()).isEqualTo(new Exposure(0, 0, 1, Drafts.NOW));
    }

    @Test
    void askingAnExportTwiceGivesTheSameAnswer() {
        this.log.append(4).anchor();
        ExportVerifier verifier =
                new ExportVerifier(KEYS, true, SignedHeads.of(Anchors.read(List.of(this.log), SignedLog.KEYS)));
        this.log.entries().subList(0, 3).forEach(verifier::add);

        assertThat(verifier.result()).isEqualTo(verifier.result());
        assertThat(states(verifier.result())).containsExactly(VerificationState.CUT);
    }
}

package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.Sha256;
import cloud.enact.analysis.credential.CredentialDetector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class KeyRotationTests {

    private static final ReceiptSigner OLD = ReceiptSigner.hs256("old", "the secret of last year, 32 characters");

    private static final ReceiptSigner NEW = ReceiptSigner.hs256("new", "the secret of this year, 32 characters");

    private static final ReceiptKeys BOTH = ReceiptKeys.of(NEW, List.of(OLD), List.of());

    private final ReceiptStore store = ReceiptStore.inMemory(100);

    private ReceiptLog log(ReceiptKeys keys) {
        return ReceiptLog.direct("test", this.store, keys, Masking.defaults(), Drafts.CLOCK);
    }

    private void append(ReceiptKeys keys, int count) {
        try (ReceiptLog log = log(keys)) {
            for (int i = 0; i < count; i++) {
                log.append(Drafts.decided(Drafts.run()));
            }
        }
    }

    /** Two entries of the old key, the change, two entries of the new one. */
    private void rotate() {
        append(ReceiptKeys.of(OLD), 2);
        append(BOTH, 2);
    }

    private List<Receipt> entries() {
        return this.store.read("test", 1, 100);
    }

    private Receipt change() {
        return this.store.find("test", 3).orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> payload(Receipt receipt) {
        return (Map<String, Object>) receipt.fields().get("payload");
    }

    private static List<VerificationState> states(Verification verification) {
        return verification.problems().stream().map(VerificationProblem::state).toList();
    }

    /** What a whole log, the same in parts, and an export of it say. */
    private static List<VerificationState> verify(List<byte[]> entries, ReceiptKeys keys) {
        ReceiptStore store = new TamperedStore("test", entries);
        ExportVerifier export = new ExportVerifier(keys, true);
        entries.forEach(export::add);
        List<VerificationState> states = states(new ReceiptVerifier(store, keys).verifyLog("test"));
        assertThat(states(export.result())).isEqualTo(states);
        return states;
    }

    private List<byte[]> bytes() {
        return new ArrayList<>(entries().stream().map(Receipt::bytes).toList());
    }

    /** The next entry of a chain, signed with any key. */
    private static byte[] next(List<byte[]> entries, ReceiptSigner signer) {
        UnsignedReceipt entry =
                new ReceiptWriter("test", signer, Masking.defaults()).write(Drafts.decided(Drafts.run()));
        byte[] prev = Sha256.of(entries.get(entries.size() - 1));
        return entry.sign(entries.size() + 1, prev, signer).bytes();
    }

    @Test
    void aChangeOfKeysIsRecordedBeforeAnythingElseTheNewKeySigns() {
        rotate();

        assertThat(entries())
                .extracting(Receipt::kind)
                .containsExactly(
                        ReceiptKind.DECIDED,
                        ReceiptKind.DECIDED,
                        ReceiptKind.KEY,
                        ReceiptKind.DECIDED,
                        ReceiptKind.DECIDED);
        assertThat(entries())
                .extracting(entry -> entry.header().kid())
                .containsExactly("old", "old", "new", "new", "new");
        assertThat(payload(change()))
                .containsEntry("log", "test")
                .containsEntry("seq", 3L)
                .containsEntry("prev", HexFormat.of().formatHex(entries().get(1).hash()))
                .containsEntry("former_kid", "old")
                .containsEntry("former_alg", "HS256")
                .containsEntry("kid", "new")
                .containsEntry("alg", "HS256")
                .containsOnlyKeys("log", "seq", "prev", "former_kid", "former_alg", "kid", "alg", "former_signature");
        assertThat(verify(bytes(), BOTH)).isEmpty();
    }

    @Test
    void theFormerKeySignsTheCanonicalFormOfExactlyThat() {
        rotate();
        Map<String, Object> statement = new java.util.TreeMap<>(payload(change()));
        byte[] consent = Base64.getUrlDecoder().decode((String) statement.remove("former_signature"));

        String signed = "enact/key-change/v1\n" + new String(CanonicalJson.write(statement), StandardCharsets.UTF_8);

        assertThat(OLD.sign(signed.getBytes(StandardCharsets.UTF_8))).isEqualTo(consent);
    }

    @Test
    void aLogWhoseKeyNeverChangedHasNoSuchReceipt() {
        append(BOTH, 2);
        append(BOTH, 2);

        assertThat(entries()).extracting(Receipt::kind).containsOnly(ReceiptKind.DECIDED);
        assertThat(verify(bytes(), BOTH)).isEmpty();
    }

    @Test
    void keysMayComeBack() {
        rotate();
        append(ReceiptKeys.of(OLD, List.of(NEW), List.of()), 1);
        append(BOTH, 1);

        assertThat(entries())
                .filteredOn(entry -> entry.kind() == ReceiptKind.KEY)
                .extracting(Receipt::seq)
                .containsExactly(3L, 6L, 8L);
        assertThat(verify(bytes(), BOTH)).isEmpty();
    }

    @Test
    void aSecretMayBeFollowedByAnEd25519KeyWhosePublicHalfIsTold() {
        ReceiptSigner pair = ReceiptSigner.ed25519("pair", TestKeys.PRIVATE);
        append(ReceiptKeys.of(OLD), 1);
        append(ReceiptKeys.of(pair, List.of(OLD), List.of()), 1);

        Receipt change = this.store.find("test", 2).orElseThrow();
        assertThat(payload(change)).containsEntry("alg", "EdDSA");
        assertThat(TestKeys.PUBLIC.replace("\n", ""))
                .contains((String) payload(change).get("public_key"));
        assertThat(verify(
                        bytes(),
                        ReceiptKeys.forVerification(List.of(
                                OLD.verificationKey(), ReceiptVerificationKey.ed25519("pair", TestKeys.PUBLIC)))))
                .isEmpty();
    }

    @Test
    void neitherMasksNorLimitsTouchWhatALogSaysOfItsKeys() {
        Masking strict = new Masking(
                new CredentialDetector(),
                List.of("kid", "log", "prev", "former_signature", "public_key", "alg"),
                new ReceiptLimits(128, 8, 1024));
        append(ReceiptKeys.of(OLD), 1);
        ReceiptSigner pair = ReceiptSigner.ed25519("pair", TestKeys.PRIVATE);
        ReceiptKeys keys = ReceiptKeys.of(pair, List.of(OLD), List.of());
        try (ReceiptLog log = ReceiptLog.direct("test", this.store, keys, strict, Drafts.CLOCK)) {
            log.append(Drafts.decided(Drafts.run()));
        }

        assertThat(verify(bytes(), keys)).isEmpty();
        assertThat(payload(this.store.find("test", 2).orElseThrow()).values()).doesNotContain("***");
    }

    @Test
    void aGroupedCommitHoldsTheChangeAndTheFirstEntriesOfTheNewKey() {
        append(ReceiptKeys.of(OLD), 1);
        try (ReceiptLog log = ReceiptLog.groupCommit(
                "test", this.store, BOTH, Masking.defaults(), ReceiptLogOptions.defaults(), Drafts.CLOCK)) {
            Receipt first = log.append(Drafts.decided(Drafts.run()));

            assertThat(first.seq()).isEqualTo(3);
            assertThat(first.kind()).isEqualTo(ReceiptKind.DECIDED);
        }
        assertThat(verify(bytes(), BOTH)).isEmpty();
    }

    @Test
    void aStoreThatHasNoRoomForBothTakesNeither() {
        ReceiptStore small = ReceiptStore.inMemory(2);
        ReceiptLog.direct("test", small, OLD, Masking.defaults(), Drafts.CLOCK).append(Drafts.decided(Drafts.run()));
        ReceiptLog log = ReceiptLog.direct("test", small, BOTH, Masking.defaults(), Drafts.CLOCK);

        assertThatThrownBy(() -> log.append(Drafts.decided(Drafts.run()))).isInstanceOf(ReceiptStoreException.class);

        assertThat(small.read("test", 1, 10)).hasSize(1);
    }

    @Test
    void aCommitOfUnknownFateIsLookedAtBeforeAnotherChangeIsWritten() {
        GatedStore lying = new GatedStore();
        ReceiptLog.direct("test", lying, OLD, Masking.defaults(), Drafts.CLOCK).append(Drafts.decided(Drafts.run()));
        ReceiptLog log = ReceiptLog.direct("test", lying, BOTH, Masking.defaults(), Drafts.CLOCK);

        lying.lieOnce();
        assertThatThrownBy(() -> log.append(Drafts.decided(Drafts.run()))).isInstanceOf(ReceiptStoreException.class);
        log.append(Drafts.decided(Drafts.run()));

        assertThat(lying.read("test", 1, 10))
                .extracting(Receipt::kind)
                .containsExactly(ReceiptKind.DECIDED, ReceiptKind.KEY, ReceiptKind.DECIDED, ReceiptKind.DECIDED);
        assertThat(new ReceiptVerifier(lying, BOTH).verifyAll().valid()).isTrue();
    }

    @Test
    void aLogWhoseFormerKeyIsNotThereIsNotContinued() {
        append(ReceiptKeys.of(OLD), 1);
        ReceiptKeys onlyPublished = ReceiptKeys.of(NEW, List.of(), List.of(OLD.verificationKey()));

        for (ReceiptKeys keys : List.of(ReceiptKeys.of(NEW), onlyPublished)) {
            assertThatThrownBy(() -> KeyRotation.requirePossible(this.store, "test", keys))
                    .isInstanceOf(KeyRotationException.class)
                    .hasMessageContaining("key 'old'")
                    .hasMessageContaining("enact.signing.verification-keys")
                    .hasMessageContaining("enact.signing.lost-keys");
            assertThatThrownBy(() -> append(keys, 1)).isInstanceOf(KeyRotationException.class);
        }
        assertThat(entries()).hasSize(1);
    }

    @Test
    void aLostKeyMustBeNamedByWhoeverWritesAndWhoeverVerifies() {
        append(ReceiptKeys.of(OLD), 1);
        ReceiptKeys keys = ReceiptKeys.of(NEW, List.of(), List.of(OLD.verificationKey()));

        append(keys.withLost(List.of("old")), 1);

        assertThat(payload(this.store.find("test", 2).orElseThrow())).doesNotContainKey("former_signature");
        assertThat(verify(bytes(), keys)).containsExactly(VerificationState.UNPROVEN_KEY);
        assertThat(verify(bytes(), keys.withLost(List.of("old")))).isEmpty();
        // what nobody has the key of, nobody can vouch for
        assertThat(verify(bytes(), ReceiptKeys.of(NEW).withLost(List.of("old"))))
                .containsExactly(VerificationState.UNKNOWN_KEY);
    }

    @Test
    void aKeyThatIsThereIsNotLost() {
        assertThatThrownBy(() -> BOTH.withLost(List.of("old"))).hasMessageContaining("'old'");
    }

    @Test
    void anIdThatNowMeansAnotherKeyIsRefused() {
        append(ReceiptKeys.of(OLD), 1);
        ReceiptSigner impostor = ReceiptSigner.hs256("old", "another secret of more than 32 characters");

        assertThatThrownBy(() -> KeyRotation.requirePossible(this.store, "test", ReceiptKeys.of(impostor)))
                .isInstanceOf(KeyRotationException.class)
                .hasMessageContaining("'old'")
                .hasMessageContaining("enact.signing.kid");
        assertThatThrownBy(() -> append(ReceiptKeys.of(impostor), 1)).isInstanceOf(KeyRotationException.class);
    }

    @Test
    void anIdThatComesBackAsAnotherKeyIsRefused() {
        rotate();
        ReceiptSigner impostor = ReceiptSigner.hs256("old", "another secret of more than 32 characters");

        assertThatThrownBy(() -> append(ReceiptKeys.of(impostor, List.of(NEW), List.of()), 1))
                .isInstanceOf(KeyRotationException.class)
                .hasMessageContaining("Entry 1 ")
                .hasMessageContaining("'old'");
    }

    @Test
    void aRetiredKeySignsNothingAnyMore() {
        rotate();
        List<byte[]> entries = bytes();
        entries.add(next(entries, OLD));

        assertThat(verify(entries, BOTH)).containsExactly(VerificationState.KEY_NOT_IN_FORCE);
        assertThat(new ReceiptVerifier(new TamperedStore("test", entries), BOTH)
                        .verifyLog("test")
                        .summary())
                .contains("signed with key 'old' although 'new' was in force");
    }

    @Test
    void aKeyThatNobodyIntroducedSignsNothing() {
        append(ReceiptKeys.of(OLD), 2);
        List<byte[]> entries = bytes();
        entries.add(next(entries, NEW));

        assertThat(verify(entries, BOTH)).containsExactly(VerificationState.KEY_NOT_IN_FORCE);
    }

    @Test
    void aRunAndARangeShowARetiredKeyToo() {
        rotate();
        Receipt forged = Receipt.parse(next(bytes(), OLD));
        this.store.append(List.of(forged));
        ReceiptVerifier verifier = new ReceiptVerifier(this.store, BOTH);

        assertThat(states(verifier.verify(forged.runId()))).containsExactly(VerificationState.KEY_NOT_IN_FORCE);
        assertThat(states(verifier.verifyLog("test", 6, 6))).containsExactly(VerificationState.KEY_NOT_IN_FORCE);
        assertThat(states(verifier.verifyLog("test", 1, 5))).isEmpty();
        for (long seq = 1; seq <= 5; seq++) {
            assertThat(states(verifier.verifyLog("test", seq, 5))).isEmpty();
            assertThat(states(verifier.verify(
                            this.store.find("test", seq).orElseThrow().runId())))
                    .isEmpty();
        }
    }

    @Test
    void aChangeThatTheStoreHidesFromSearchShowsInARangeBehindIt() {
        rotate();
        List<byte[]> entries = bytes();
        entries.add(next(entries, OLD));
        ReceiptVerifier verifier = new ReceiptVerifier(new TamperedStore("test", entries), BOTH);

        assertThat(states(verifier.verifyLog("test", 6, 6))).contains(VerificationState.KEY_NOT_IN_FORCE);
    }

    @Test
    void theNewKeyAloneCanNotIntroduceItself() {
        append(ReceiptKeys.of(OLD), 2);

        for (UnaryOperator<KeyChange> forgery : List.<UnaryOperator<KeyChange>>of(
                change -> change,
                change -> change.consentedBy(NEW),
                change ->
                        change.consentedBy(ReceiptSigner.hs256("old", "another secret of more than 32 characters")))) {
            List<byte[]> entries = bytes();
            entries.add(change(entries, forgery.apply(changeAt(entries)), NEW));
            entries.add(next(entries, NEW));

            assertThat(verify(entries, BOTH)).containsExactly(VerificationState.UNPROVEN_KEY);
        }
    }

    @Test
    void theFormerKeyAloneCanNotIntroduceAnother() {
        append(ReceiptKeys.of(OLD), 2);
        List<byte[]> entries = bytes();
        entries.add(change(entries, changeAt(entries).consentedBy(OLD), OLD));

        assertThat(verify(entries, BOTH)).containsExactly(VerificationState.UNPROVEN_KEY);
    }

    @Test
    void consentCountsForOnePlaceOfOneHistory() {
        append(ReceiptKeys.of(OLD), 2);
        List<byte[]> entries = bytes();
        KeyChange consented = changeAt(entries).consentedBy(OLD);
        entries.remove(1);
        entries.add(change(entries, withConsent(changeAt(entries), consented.consent()), NEW));

        assertThat(verify(entries, BOTH)).containsExactly(VerificationState.UNPROVEN_KEY);
    }

    @Test
    void aChangeThatNamesAnotherPlaceOrMoreThanItShouldIsUnproven() {
        append(ReceiptKeys.of(OLD), 2);
        List<byte[]> entries = bytes();
        KeyChange other = new KeyChange("test", 7, "0".repeat(64), "new", "HS256", null, "old", "HS256", null);
        entries.add(change(entries, other.consentedBy(OLD), NEW));
        assertThat(verify(entries, BOTH)).containsExactly(VerificationState.UNPROVEN_KEY);

        entries = bytes();
        KeyChange withKey =
                new KeyChange("test", 3, changeAt(entries).prev(), "new", "HS256", "AAAA", "old", "HS256", null);
        entries.add(change(entries, withKey.consentedBy(OLD), NEW));
        assertThat(verify(entries, BOTH)).containsExactly(VerificationState.UNPROVEN_KEY);
    }

    @Test
    void aLogDoesNotBeginWithAChange() {
        KeyChange first = new KeyChange("test", 1, "0".repeat(64), "new", "HS256", null, "old", "HS256", null);
        List<byte[]> entries = new ArrayList<>();
        entries.add(change(entries, first.consentedBy(OLD), NEW));

        assertThat(verify(entries, BOTH)).containsExactly(VerificationState.UNPROVEN_KEY);
    }

    @Test
    void onlyTheLogItselfRecordsAChange() {
        append(ReceiptKeys.of(OLD), 1);
        Receipt head = entries().get(0);
        ReceiptDraft forged = draft(changeAt(bytes()).consentedBy(OLD));

        assertThatThrownBy(() -> log(ReceiptKeys.of(OLD)).append(forged)).isInstanceOf(IllegalArgumentException.class);
        assertThat(entries()).containsExactly(head);
    }

    private static KeyChange changeAt(List<byte[]> entries) {
        String prev = HexFormat.of().formatHex(Sha256.of(entries.get(entries.size() - 1)));
        return new KeyChange("test", entries.size() + 1, prev, "new", "HS256", null, "old", "HS256", null);
    }

    private static KeyChange withConsent(KeyChange change, String consent) {
        return new KeyChange(
                change.log(),
                change.seq(),
                change.prev(),
                change.kid(),
                change.alg(),
                change.publicKey(),
                change.formerKid(),
                change.formerAlg(),
                consent);
    }

    private static ReceiptDraft draft(KeyChange change) {
        ReceiptDraft config = ReceiptDraft.pruned(
                Drafts.run(),
                Drafts.id(),
                Drafts.NOW,
                Drafts.request(Drafts.run(), Map.of()).actor(),
                change.payload());
        return new ReceiptDraft(
                ReceiptKind.KEY,
                config.runId(),
                config.actionId(),
                null,
                config.timestamp(),
                KeyChange.ACTION,
                "enact",
                null,
                null,
                null,
                config.actor(),
                change.payload(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null);
    }

    /** The next entry of a chain: a change of keys as somebody would like it to be. */
    private static byte[] change(List<byte[]> entries, KeyChange change, ReceiptSigner signer) {
        byte[] prev = entries.isEmpty() ? new byte[32] : Sha256.of(entries.get(entries.size() - 1));
        return new ReceiptWriter("test", signer, Masking.defaults())
                .writeKeyChange(draft(change))
                .sign(entries.size() + 1, prev, signer)
                .bytes();
    }
}

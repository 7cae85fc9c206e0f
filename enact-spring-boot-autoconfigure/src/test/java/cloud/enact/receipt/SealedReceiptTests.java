package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.Subjects;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.undo.ActionStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in receipts that are encrypted, and what becomes of it when they are bent or their key is dropped. */
class SealedReceiptTests {

    private static final String PRIVATE = "Maria Muster, born 1970-01-01";

    private final ReceiptStore store = ReceiptStore.inMemory(1000);

    private final ReceiptKeys keys = ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET));

    private final KeyTable table = KeyTable.inMemory();

    private final KeyRing ring = ring(1);

    private final ReceiptContents contents = ReceiptContents.of(this.ring);

    private final String log = Drafts.id().toString();

    private final ReceiptLog receipts = log(this.log, Subjects.actors());

    private KeyRing ring(int master) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) master);
        return new KeyRing(this.table, MasterKeys.of(MasterKey.aes256(key)), Drafts.CLOCK);
    }

    private ReceiptLog log(String id, Subjects subjects) {
        Masking masking = Masking.defaults().sealedBy(new ReceiptSealer(this.ring, subjects, () -> this.store));
        return ReceiptLog.direct(id, this.store, this.keys.signer(), masking, Drafts.CLOCK);
    }

    private ReceiptLog plainLog() {
        return ReceiptLog.direct(
                Drafts.id().toString(), this.store, this.keys.signer(), Masking.defaults(), Drafts.CLOCK);
    }

    private static Actor actor(String id) {
        return new Actor(id, Set.of("support"), Map.of("phone", PRIVATE), "agent-7", null, "test");
    }

    private static ActionRequest request(Actor actor, Map<String, @Nullable Object> args) {
        return request(actor, Drafts.id(), null, args);
    }

    private static ActionRequest request(
            Actor actor, UUID id, @Nullable UUID parent, Map<String, @Nullable Object> args) {
        return new ActionRequest(
                id,
                new Run(Drafts.run(), "care"),
                parent,
                "crm.note",
                args,
                actor,
                new ResourceRef("customer", "42"),
                Reversibility.REVERSIBLE,
                Drafts.NOW);
    }

    private static Decision decision() {
        return Decision.of(
                List.of(Verdict.pass("crm.quotes", "looked at " + PRIVATE), Verdict.abstain("git.none")),
                EnactMode.ENFORCE,
                "sha256:" + "ab".repeat(32));
    }

    private Receipt decided(Actor actor, Map<String, @Nullable Object> args) {
        return this.receipts.append(ReceiptDraft.decided(request(actor, args), decision(), EnactMode.ENFORCE));
    }

    private Receipt completed() {
        Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
        outcome.put("status", "FAILED");
        outcome.put("transaction", "ROLLED_BACK");
        outcome.put("error", "no such person: " + PRIVATE);
        ActionStep step = new ActionStep(
                "crm.insert",
                true,
                Map.of("row", PRIVATE),
                "there was " + PRIVATE,
                Reversibility.REVERSIBLE,
                7L,
                "sha256:x");
        ActionStep failed = new ActionStep("crm.update", false, Map.of(), null, Reversibility.REVERSIBLE, null, null);
        return this.receipts.append(ReceiptDraft.completed(
                request(actor("maria"), Map.of("note", PRIVATE)),
                decision(),
                EnactMode.ENFORCE,
                Drafts.NOW,
                Reversibility.REVERSIBLE,
                outcome,
                List.of(step, failed)));
    }

    @Test
    void whoKeepsReceiptsReadsWhoDidWhatAndNothingElse() {
        Receipt receipt = decided(actor("maria"), Map.of("note", PRIVATE, "card", "4111"));

        String kept = new String(receipt.bytes(), StandardCharsets.UTF_8);
        assertThat(kept).doesNotContain("Muster").doesNotContain("4111").doesNotContain("payload_salt");
        assertThat(receipt.fields())
                .containsEntry("action", "crm.note")
                .containsEntry("decision", "PASS")
                .containsEntry("resource", Map.of("id", "42", "type", "customer"))
                .containsKey("payload_digest")
                .extractingByKey("policy_results")
                .asString()
                .contains("crm.quotes", "reason=encrypted");
        assertThat(receipt.actor()).isEqualTo("maria");
        assertThat(CanonicalJson.write(receipt.fields())).isEqualTo(receipt.bytes());
        assertThat(new ReceiptVerifier(this.store, this.keys)
                        .verifyLog(this.log)
                        .valid())
                .isTrue();
    }

    @Test
    void whoHasTheKeysReadsAllOfADecision() {
        ActionRequest request = request(actor("maria"), Map.of("note", PRIVATE, "password", "hunter2hunter2"));
        ReceiptDraft draft = ReceiptDraft.decided(request, decision(), EnactMode.ENFORCE);
        Receipt sealed = this.receipts.append(draft);
        Map<String, @Nullable Object> plain = plainLog().append(draft).fields();

        ReceiptContents.Content content = this.contents.open(sealed);

        assertThat(content.state()).isEqualTo(ReceiptContents.State.DECRYPTED);
        List.of("payload", "policy_results", "actor", "action", "resource", "policy_set", "workflow")
                .forEach(name -> assertThat(content.fields().get(name)).isEqualTo(plain.get(name)));
        assertThat(content.fields().keySet()).isEqualTo(plain.keySet());
    }

    @Test
    void whoHasTheKeysReadsAllOfAnOutcome() {
        Receipt receipt = completed();

        assertThat(new String(receipt.bytes(), StandardCharsets.UTF_8)).doesNotContain("Muster");
        assertThat(receipt.fields())
                .containsEntry("outcome_detail", Map.of("***", "encrypted", "transaction", "ROLLED_BACK"));
        Map<String, @Nullable Object> fields = this.contents.open(receipt).fields();
        assertThat(fields).doesNotContainKey("payload");
        assertThat(fields.get("outcome_detail"))
                .isEqualTo(Map.of("error", "no such person: " + PRIVATE, "transaction", "ROLLED_BACK"));
        assertThat(fields.get("actions_taken"))
                .asString()
                .contains("row=" + PRIVATE, "already_done=there was " + PRIVATE, "undo_digest=sha256:x", "crm.update");
    }

    @Test
    void theDigestOfThePayloadCanNotBeTestedWithTheSigningSecretAlone() {
        Receipt receipt = decided(actor("maria"), Map.of("answer", "yes"));
        String digest = String.valueOf(receipt.fields().get("payload_digest"));
        byte[] guess = CanonicalJson.write(Map.of("answer", "yes"));

        String salt = String.valueOf(this.contents.open(receipt).fields().get("payload_salt"));
        PayloadDigests digests = new PayloadDigests(this.keys.signer());
        assertThat(digests.of(Base64.getUrlDecoder().decode(salt)).digest(guess, 0, guess.length))
                .isEqualTo(digest);
        assertThat(new String(receipt.bytes(), StandardCharsets.UTF_8)).doesNotContain(salt);
    }

    @Test
    void theReceiptsOfARollbackKeepWhatTheNextOneNeeds() {
        Receipt original = decided(actor("maria"), Map.of("note", PRIVATE));
        Map<String, @Nullable Object> reversed = new LinkedHashMap<>();
        reversed.put("position", 7L);
        reversed.put("restoration", "RESTORED");
        reversed.put("undo_digest", "sha256:x");
        reversed.put("detail", "brought back " + PRIVATE);
        reversed.put("output", Map.of("row", PRIVATE));
        Receipt receipt = this.receipts.append(ReceiptDraft.rollback(
                ReceiptKind.ROLLED_BACK,
                Drafts.run(),
                Drafts.id(),
                original.runId(),
                Drafts.NOW,
                actor("operator"),
                Map.of("reason", PRIVATE),
                "ROLLED_BACK",
                Map.of("status", "ROLLED_BACK", "message", PRIVATE),
                List.of(reversed)));

        assertThat(new String(receipt.bytes(), StandardCharsets.UTF_8)).doesNotContain("Muster");
        assertThat(receipt.fields().get("actions_reversed"))
                .isEqualTo(List.of(Map.of(
                        "position",
                        7L,
                        "restoration",
                        "RESTORED",
                        "undo_digest",
                        "sha256:x",
                        "detail",
                        "encrypted",
                        "output",
                        Map.of("***", "encrypted"))));
        assertThat(this.contents.open(receipt).fields().get("actions_reversed")).isEqualTo(List.of(reversed));

        // it tells of maria's data, whoever asked for it
        this.ring.drop(SealedContent.kid(original).orElseThrow());
        assertThat(this.contents.open(receipt).state()).isEqualTo(ReceiptContents.State.ERASED);
    }

    @Test
    void whatWasFoundOutAboutARunInDoubtIsAboutItsSubject() {
        Receipt doubt = decided(actor("maria"), Map.of("note", PRIVATE));
        Receipt settled = this.receipts.append(new Reconciliation(
                        doubt,
                        Drafts.NOW,
                        actor("operator"),
                        "FAILED",
                        "not_done",
                        Map.of("reason", "asked " + PRIVATE),
                        Map.of("detail", "no row of " + PRIVATE),
                        List.of())
                .draft());

        assertThat(new String(settled.bytes(), StandardCharsets.UTF_8)).doesNotContain("Muster");
        assertThat(SealedContent.kid(settled)).isEqualTo(this.ring.kidOf("maria"));
        assertThat(settled.fields().get("outcome_detail")).asString().contains("resolution=not_done");
        assertThat(this.contents.open(settled).fields())
                .containsEntry("payload", Map.of("reason", "asked " + PRIVATE))
                .extractingByKey("outcome_detail")
                .asString()
                .contains("no row of " + PRIVATE);
        assertThat(new ReceiptHistory(() -> this.store, this.contents)
                        .ofRun(doubt.runId())
                        .get(0)
                        .failed())
                .isTrue();
    }

    @Test
    void whatWasFoundOutIsAboutTheSubjectOfThatActionNotOfALaterOne() {
        Run run = new Run(Drafts.run(), "care");
        List<Receipt> decisions = new ArrayList<>();
        for (String person : List.of("maria", "otto")) {
            decisions.add(this.receipts.append(ReceiptDraft.decided(
                    new ActionRequest(
                            Drafts.id(),
                            run,
                            null,
                            "crm.note",
                            Map.of("note", PRIVATE),
                            actor(person),
                            null,
                            Reversibility.REVERSIBLE,
                            Drafts.NOW),
                    decision(),
                    EnactMode.ENFORCE)));
        }

        Receipt settled = this.receipts.append(new Reconciliation(
                        decisions.get(0),
                        Drafts.NOW,
                        actor("operator"),
                        "FAILED",
                        "not_done",
                        Map.of(),
                        Map.of("detail", "no row of " + PRIVATE),
                        List.of())
                .draft());

        assertThat(SealedContent.kid(settled)).isEqualTo(this.ring.kidOf("maria"));
    }

    @Test
    void droppingAKeyErasesOneSubjectAndBreaksNothing() {
        Receipt maria = decided(actor("maria"), Map.of("note", PRIVATE));
        Receipt other = decided(actor("otto"), Map.of("note", "from otto"));

        this.ring.drop(SealedContent.kid(maria).orElseThrow());

        assertThat(this.contents.open(maria).state()).isEqualTo(ReceiptContents.State.ERASED);
        assertThat(this.contents.open(maria).fields())
                .doesNotContainKey("payload")
                .containsEntry("action", "crm.note");
        assertThat(this.contents.open(other).fields()).containsEntry("payload", Map.of("note", "from otto"));
        Receipt later = decided(actor("maria"), Map.of("note", "new"));
        assertThat(this.contents.open(later).fields()).containsEntry("payload", Map.of("note", "new"));
        assertThat(new ReceiptVerifier(this.store, this.keys).verifyAll().valid())
                .isTrue();
    }

    @Test
    void anActionIsAboutWhomTheResolverNamesAndSoAreThoseMadeFromIt() {
        Subjects customers = new Subjects(
                (action, actor, args) -> (args.get("customer") instanceof String customer) ? customer : null);
        ReceiptLog log = log(Drafts.id().toString(), customers);
        UUID parent = Drafts.id();
        Receipt first = log.append(ReceiptDraft.decided(
                request(actor("maria"), parent, null, Map.of("customer", "c-1")), decision(), EnactMode.ENFORCE));
        Receipt step = log.append(ReceiptDraft.decided(
                request(actor("maria"), Drafts.id(), parent, Map.of("table", "notes")), decision(), EnactMode.ENFORCE));
        Receipt own = log.append(
                ReceiptDraft.decided(request(actor("maria"), Map.of("table", "notes")), decision(), EnactMode.ENFORCE));

        assertThat(SealedContent.kid(first)).isEqualTo(this.ring.kidOf("c-1"));
        assertThat(SealedContent.kid(step)).isEqualTo(this.ring.kidOf("c-1"));
        assertThat(SealedContent.kid(own)).isEqualTo(this.ring.kidOf("maria"));
    }

    @Test
    void whoeverAnAgentActsForIsTheSubject() {
        Actor agent = new Actor("service-account", Set.of(), Map.of(), "agent-7", "maria", "test");

        assertThat(SealedContent.kid(decided(agent, Map.of("note", PRIVATE)))).isEqualTo(this.ring.kidOf("maria"));
    }

    @Test
    void anArgumentOfTheNameOfTheEncryptedPartConfusesNobody() {
        Receipt sealed = decided(actor("maria"), Map.of("note", PRIVATE));
        Object stolen = ((Map<?, ?>) sealed.fields().get("payload")).get("$encrypted");

        Receipt plain = plainLog()
                .append(ReceiptDraft.decided(
                        request(actor("mallory"), Map.of("$encrypted", stolen)), decision(), EnactMode.ENFORCE));
        Receipt nested = decided(actor("mallory"), Map.of("$encrypted", stolen));

        assertThat(this.contents.open(plain).state()).isEqualTo(ReceiptContents.State.PLAIN);
        assertThat(this.contents.open(plain).fields()).containsEntry("payload", Map.of("$encrypted", stolen));
        assertThat(this.contents.open(nested).fields()).containsEntry("payload", Map.of("$encrypted", stolen));
    }

    @Test
    void encryptedContentThatIsMovedToAnotherReceiptIsRefused() {
        Receipt first = decided(actor("maria"), Map.of("note", PRIVATE));
        Receipt second = decided(actor("maria"), Map.of("note", "other"));

        Receipt swapped = with(second, "payload", first.fields().get("payload"));
        ReceiptContents.Content content = this.contents.open(swapped);

        assertThat(content.state()).isEqualTo(ReceiptContents.State.LOCKED);
        assertThat(content.problem()).contains("altered, moved");
        for (String bound : List.of("action_id", "run_id", "log")) {
            assertThat(this.contents
                            .open(with(first, bound, Drafts.id().toString()))
                            .state())
                    .isEqualTo(ReceiptContents.State.LOCKED);
        }
        assertThat(this.contents.open(with(first, "kind", "COMPLETED")).state())
                .isEqualTo(ReceiptContents.State.LOCKED);
        assertThat(this.contents
                        .open(with(first, "timestamp", "2026-11-20T12:00:00.123457Z"))
                        .state())
                .isEqualTo(ReceiptContents.State.LOCKED);
    }

    @Test
    void everyBitOfTheEncryptedPartCounts() {
        Receipt receipt = decided(actor("maria"), Map.of("n", "x"));
        for (String member : List.of("data", "iv", "kid", "alg")) {
            Map<String, Object> sealed = new LinkedHashMap<>();
            ((Map<?, ?>) ((Map<?, ?>) receipt.fields().get("payload")).get("$encrypted"))
                    .forEach((name, value) -> sealed.put(String.valueOf(name), value));
            String text = String.valueOf(sealed.get(member));
            for (int i = 0; i < text.length(); i++) {
                char other = (text.charAt(i) == 'A') ? 'B' : 'A';
                sealed.put(member, text.substring(0, i) + other + text.substring(i + 1));
                assertThat(this.contents
                                .open(with(receipt, "payload", Map.of("$encrypted", sealed)))
                                .state())
                        .as(member + " at " + i)
                        .isEqualTo(ReceiptContents.State.LOCKED);
                sealed.put(member, text.substring(0, i));
                assertThat(this.contents
                                .open(with(receipt, "payload", Map.of("$encrypted", sealed)))
                                .state())
                        .as(member + " cut at " + i)
                        .isEqualTo(ReceiptContents.State.LOCKED);
            }
        }
    }

    private static Receipt with(Receipt receipt, String field, Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(receipt.fields());
        fields.put(field, value);
        return Receipt.parse(CanonicalJson.write(fields));
    }

    @Test
    void withoutTheRightMasterKeyNothingIsRead() {
        Receipt receipt = decided(actor("maria"), Map.of("note", PRIVATE));

        assertThat(ReceiptContents.withoutKeys().open(receipt).state()).isEqualTo(ReceiptContents.State.LOCKED);
        ReceiptContents.Content wrong = ReceiptContents.of(ring(2)).open(receipt);
        assertThat(wrong.state()).isEqualTo(ReceiptContents.State.LOCKED);
        assertThat(wrong.problem()).contains("former master keys");
        assertThat(wrong.fields()).doesNotContainKey("payload");
    }

    @Test
    void theViewOfARunShowsTheEntriesAsSignedAndWhatTheySayBesideThem() {
        Receipt receipt = decided(actor("maria"), Map.of("note", PRIVATE));
        ReceiptVerifier verifier = new ReceiptVerifier(this.store, this.keys);

        RunView view = verifier.decrypting(this.contents).view(receipt.runId()).orElseThrow();
        assertThat(view.entries()).containsExactly(receipt.fields());
        assertThat(view.toJson()).contains(PRIVATE);
        assertThat(view.policyResults().toString()).contains("looked at " + PRIVATE);
        assertThat(verifier.view(receipt.runId()).orElseThrow().toJson()).doesNotContain("Muster");

        this.ring.drop(SealedContent.kid(receipt).orElseThrow());
        RunView erased =
                verifier.decrypting(this.contents).view(receipt.runId()).orElseThrow();
        assertThat(erased.toJson()).contains("\"erased\"").doesNotContain("Muster");
        assertThat(erased.verification().valid()).isTrue();
    }

    @Test
    void policiesThatLookBackSeeWhatIsEncryptedAndNothingOfWhatIsErased() {
        Receipt receipt = decided(actor("maria"), Map.of("note", PRIVATE));

        ReceiptHistory history = new ReceiptHistory(() -> this.store, this.contents);
        assertThat(history.ofRun(receipt.runId()).get(0).args()).isEqualTo(Map.of("note", PRIVATE));

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> new ReceiptHistory(() -> this.store).ofRun(receipt.runId()));

        this.ring.drop(SealedContent.kid(receipt).orElseThrow());
        assertThat(history.ofRun(receipt.runId()).get(0).args()).isEmpty();
    }

    @Test
    void plainReceiptsBesideEncryptedOnesStayReadable() {
        RunId run = Drafts.run();
        List<Receipt> both = new ArrayList<>();
        both.add(plainLog().append(Drafts.decided(run)));
        both.add(this.receipts.append(Drafts.decided(run)));

        assertThat(both)
                .extracting(receipt -> this.contents.open(receipt).fields().get("payload"))
                .containsExactly(
                        both.get(0).fields().get("payload"),
                        both.get(0).fields().get("payload"));
        assertThat(new ReceiptVerifier(this.store, this.keys).verifyAll().valid())
                .isTrue();
    }
}

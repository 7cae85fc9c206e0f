package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.undo.ActionStep;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTests {

    /** Put together here, so that no scanner takes the test for a leak. */
    private static final String TOKEN = "gh" + "p_" + "Zk9aVb3QxT7mLr2NcY8dWp5sHf1JgE4uKo6i";

    private final Masking masking = Masking.defaults();

    private final ReceiptStore store = ReceiptStore.inMemory(100);

    private final ReceiptSigner signer = ReceiptSigner.hs256(Drafts.SECRET);

    private final ReceiptLog log = ReceiptLog.direct("test", this.store, this.signer, this.masking, Drafts.CLOCK);

    @ParameterizedTest
    @ValueSource(
            strings = {"password", "PASSWORD", "dbPassword", "api_key", "x-api-key", "clientSecret", "Authorization"})
    void theValueOfASecretNameIsMasked(String name) {
        assertThat(this.masking.mask(Map.of(name, "hunter2"))).isEqualTo(Map.of(name, "***"));
        assertThat(this.masking.mask(Map.of(name, List.of("a", Map.of("b", 1)))))
                .isEqualTo(Map.of(name, "***"));
        assertThat(this.masking.mask(Map.of("outer", List.of(Map.of(name, 1234)))))
                .isEqualTo(Map.of("outer", List.of(Map.of(name, "***"))));
    }

    @Test
    void namesThatOnlyContainTheLettersOfASecretNameAreNot() {
        Map<String, Object> harmless = Map.of("passwordless", true, "secretary", "somebody", "id", 42L);

        assertThat(this.masking.mask(harmless)).isEqualTo(harmless);
    }

    @Test
    void furtherNamesCanBeConfiguredAsWholeWords() {
        Masking more = new Masking(new CredentialDetector(), Set.of("card_number"), ReceiptLimits.defaults());

        assertThat(more.mask(Map.of("customerCardNumber", "4111", "cardNumbers", 3L, "CARD-NUMBER", "4111")))
                .isEqualTo(Map.of("customerCardNumber", "***", "cardNumbers", 3L, "CARD-NUMBER", "***"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Masking(new CredentialDetector(), Set.of("_"), ReceiptLimits.defaults()));
    }

    @Test
    void aCredentialInsideTextIsMaskedWithItsKind() {
        String masked = this.masking.mask("clone with " + TOKEN + " please");

        assertThat(masked).startsWith("clone with ***").endsWith("*** please").doesNotContain(TOKEN.substring(4));
    }

    @Test
    void aCredentialInANameIsMaskedAndItsNeighboursStay() {
        Map<String, Object> masked = this.masking.mask(Map.of(TOKEN, 1L, "other", 2L));

        assertThat(masked).hasSize(2).containsEntry("other", 2L).doesNotContainKey(TOKEN);
    }

    @Test
    void noPlaceOfAReceiptLetsACredentialThrough() {
        Decision decision = Decision.of(List.of(Verdict.block("p", "found " + TOKEN)), EnactMode.ENFORCE, "sha256:00");
        ActionRequest request = new ActionRequest(
                Drafts.id(),
                Run.of(Drafts.run()),
                null,
                "shell.run",
                Map.of("command", "curl -u x:" + TOKEN, "nested", List.of(Map.of("deep", TOKEN))),
                new Actor("a@example.org", Set.of(), Map.of("note", TOKEN, "token", "short"), null, null, "caller"),
                new ResourceRef("url", "https://example.org/?t=" + TOKEN),
                Reversibility.REVERSIBLE,
                Drafts.NOW);
        ReceiptDraft rolledBack = new ReceiptDraft(
                ReceiptKind.ROLLED_BACK,
                Drafts.run(),
                Drafts.id(),
                null,
                Drafts.NOW,
                "enact.rollback",
                "enact",
                null,
                null,
                null,
                Actor.of("a@example.org"),
                null,
                "PARTIAL",
                null,
                null,
                Map.of("status", "PARTIAL", "message", TOKEN),
                List.of(),
                Drafts.run(),
                List.of(Map.of("detail", TOKEN)),
                null);

        List<Receipt> receipts = List.of(
                this.log.append(ReceiptDraft.decided(request, decision, EnactMode.ENFORCE)),
                this.log.append(ReceiptDraft.completed(
                        request,
                        decision,
                        EnactMode.ENFORCE,
                        Drafts.NOW,
                        Reversibility.REVERSIBLE,
                        Map.of("status", "FAILED", "error", TOKEN),
                        List.of(new ActionStep(
                                "a.b", false, Map.of("error", TOKEN), null, Reversibility.READ_ONLY, null, null)))),
                this.log.append(rolledBack));

        assertThat(receipts).allSatisfy(receipt -> {
            assertThat(text(receipt)).doesNotContain(TOKEN).contains("***");
            assertThat(Receipt.parse(receipt.bytes()).header()).isEqualTo(receipt.header());
        });
        assertThat(text(receipts.get(2))).contains("\"original_run_id\"", "\"actions_reversed\"");
    }

    private static String text(Receipt receipt) {
        return new String(receipt.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theDigestOfTheUnmaskedArgumentsCanBeCheckedWithTheSecretOnly() {
        Map<String, Object> args = Map.of("password", "hunter2", "id", 42L);

        Receipt receipt = this.log.append(Drafts.decided(Drafts.run(), new LinkedHashMap<>(args)));
        Receipt again = this.log.append(Drafts.decided(Drafts.run(), new LinkedHashMap<>(args)));

        byte[] salt = Base64.getUrlDecoder().decode((String) receipt.fields().get("payload_salt"));
        byte[] canonical = CanonicalJson.write(args);
        String expected = new PayloadDigests(this.signer).of(salt).digest(canonical, 0, canonical.length);
        assertThat(salt).hasSize(16);
        assertThat(receipt.fields()).containsEntry("payload_digest", expected);
        assertThat(again.fields().get("payload_digest")).isNotEqualTo(expected);
        assertThat(text(receipt)).doesNotContain("hunter2");
    }

    @Test
    void aLongTextIsCutAndSaysHowLongItWas() {
        Receipt receipt = this.log.append(Drafts.decided(Drafts.run(), Map.of("text", "é".repeat(10_000))));

        String shown = (String) ((Map<?, ?>) receipt.fields().get("payload")).get("text");

        assertThat(shown)
                .startsWith("é".repeat(4096) + "***")
                .contains("10000 characters")
                .containsPattern("hmac-sha256:[0-9a-f]{64}");
    }

    @Test
    void aCutNeverHalvesAPairAndNeverShowsPartOfACredential() {
        String pairs = "x" + "\uD83D\uDE02".repeat(4000);
        String straddling = "y ".repeat(2040) + TOKEN + " z".repeat(1000);

        assertThat(CanonicalJson.wellFormed(this.masking.mask(pairs))).isTrue();
        assertThat(this.masking.mask(straddling)).doesNotContain(TOKEN.substring(0, 12));
    }

    @Test
    void listsAndObjectsAreCutWithTheNumberOfWhatIsMissing() {
        List<Object> list = new ArrayList<>();
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < 1500; i++) {
            list.add(1L);
            map.put("n" + i, 1L);
        }

        Map<String, Object> masked = this.masking.mask(Map.of("list", list, "map", map));

        assertThat((List<?>) masked.get("list")).hasSize(1001).last().isEqualTo("*** (cut, 500 more elements)");
        assertThat((Map<?, ?>) masked.get("map")).hasSize(1001);
        assertThat(((Map<?, ?>) masked.get("map")).get("***")).isEqualTo("cut, 500 more members");
    }

    @Test
    void aPayloadThatIsTooLargeKeepsItsNamesAndLosesLength() {
        Map<String, Object> args = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            args.put("part" + i, "text ".repeat(800));
        }

        Receipt receipt = this.log.append(Drafts.decided(Drafts.run(), args));

        Map<?, ?> payload = (Map<?, ?>) receipt.fields().get("payload");
        assertThat(payload.keySet()).hasSize(20);
        assertThat(receipt.bytes().length).isLessThan(66_000);
        assertThat((String) payload.get("part0")).contains("4000 characters");
    }

    @Test
    void aPayloadThatStaysTooLargeIsLeftOut() {
        Map<String, Object> args = new LinkedHashMap<>();
        for (int i = 0; i < 32; i++) {
            Map<String, Object> inner = new LinkedHashMap<>();
            for (int j = 0; j < 32; j++) {
                inner.put("n" + j, "text ".repeat(100));
            }
            args.put("part" + i, inner);
        }

        Receipt receipt = this.log.append(Drafts.decided(Drafts.run(), args));

        assertThat(receipt.fields()).containsEntry("payload", Map.of("***", "cut, too large for a receipt"));
        assertThat(receipt.fields()).containsKey("payload_digest");
    }

    @Test
    void noStepIsLeftOutHoweverManyThereAre() {
        List<ActionStep> steps = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            steps.add(new ActionStep(
                    "fs.write",
                    true,
                    Map.of("text", "x".repeat(200)),
                    null,
                    Reversibility.REVERSIBLE,
                    (long) i,
                    "sha256:" + i));
        }
        ActionRequest request = Drafts.request(Drafts.run(), Map.of());

        Receipt receipt = this.log.append(ReceiptDraft.completed(
                request,
                Drafts.pass(),
                EnactMode.ENFORCE,
                Drafts.NOW,
                Reversibility.REVERSIBLE,
                Map.of("status", "SUCCEEDED"),
                steps));

        List<?> taken = (List<?>) receipt.fields().get("actions_taken");
        assertThat(taken).hasSize(2000);
        assertThat(((Map<?, ?>) taken.get(1999)).get("undo_digest")).isEqualTo("sha256:1999");
        assertThat(((Map<?, ?>) taken.get(1999)).get("system")).isEqualTo("fs");
    }

    @Test
    void unusualValuesNeverStopAReceipt() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        circle.add(circle);
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("status", "SUCCEEDED");
        outcome.put("circle", circle);
        outcome.put("object", new Object());
        outcome.put("half", "\uD800");
        outcome.put("number", new BigInteger("9".repeat(10_000)));
        outcome.put("nan", Double.NaN);

        Receipt receipt = this.log.append(ReceiptDraft.completed(
                Drafts.request(Drafts.run(), Map.of()),
                Drafts.pass(),
                EnactMode.ENFORCE,
                Drafts.NOW,
                Reversibility.REVERSIBLE,
                outcome,
                List.of()));

        assertThat(Receipt.parse(receipt.bytes()).header()).isEqualTo(receipt.header());
        assertThat(receipt.bytes().length).isLessThan(70_000);
    }
}

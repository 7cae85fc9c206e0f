package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.RunId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ReceiptLogTests {

    private final ReceiptStore store = ReceiptStore.inMemory(1000);

    private final ReceiptLog log = Drafts.log(this.store);

    private final ReceiptVerifier verifier =
            new ReceiptVerifier(this.store, ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET)));

    @Test
    void whatWasAppendedParsesToTheSameReceipt() {
        RunId run = Drafts.run();
        ActionRequest request = Drafts.request(run, Map.of("id", 42L));

        List<Receipt> receipts =
                List.of(this.log.append(Drafts.decided(run)), this.log.append(Drafts.completed(request)));

        assertThat(receipts).allSatisfy(receipt -> {
            Receipt parsed = Receipt.parse(receipt.bytes());
            assertThat(parsed.header()).isEqualTo(receipt.header());
            assertThat(CanonicalJson.write(receipt.fields())).isEqualTo(receipt.bytes());
        });
        assertThat(this.store.findByRun(run)).isEqualTo(receipts);
        assertThat(this.verifier.verify(run).valid()).isTrue();
        assertThat(this.verifier.verifyLog("test").checked()).isEqualTo(2);
    }

    @Test
    void aDecisionHasTheFieldsOfTheFormat() {
        Receipt receipt = this.log.append(Drafts.decided(Drafts.run()));

        assertThat(receipt.fields())
                .containsOnlyKeys(
                        "action",
                        "action_id",
                        "actor",
                        "alg",
                        "decision",
                        "kid",
                        "kind",
                        "log",
                        "mode",
                        "payload",
                        "payload_digest",
                        "payload_salt",
                        "policy_results",
                        "policy_set",
                        "prev",
                        "resource",
                        "reversibility",
                        "run_id",
                        "seq",
                        "signature",
                        "system",
                        "timestamp",
                        "v",
                        "workflow")
                .containsEntry("v", 1L)
                .containsEntry("seq", 1L)
                .containsEntry("prev", "0".repeat(64))
                .containsEntry("mode", "enforce")
                .containsEntry("timestamp", "2026-11-20T12:00:00.123456Z")
                .containsEntry("payload", Map.of("id", 42L, "reason", "asked for it"));
    }

    @Test
    void theSignatureIsAPlainHmacThatAnybodyWithTheSecretCanCheck() throws Exception {
        Receipt receipt = this.log.append(Drafts.decided(Drafts.run()));

        String text = new String(receipt.bytes(), StandardCharsets.UTF_8);
        String signed = text.replace(",\"signature\":\"" + receipt.signature() + "\"", "");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Drafts.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));

        assertThat(receipt.signature()).isEqualTo(expected);
    }

    @Test
    void aClosedLogRefuses() {
        this.log.close();

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> this.log.append(Drafts.decided(Drafts.run())))
                .withMessageContaining("closed");
    }

    @Test
    void aFullStoreRefusesAndTheLogSaysSo() {
        ReceiptLog small = Drafts.log(ReceiptStore.inMemory(1));
        small.append(Drafts.decided(Drafts.run()));

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> small.append(Drafts.decided(Drafts.run())))
                .withMessageContaining("full");
        assertThat(small.state().healthy()).isFalse();
        assertThat(small.state().lastFailure()).isEqualTo(Drafts.NOW);
    }
}

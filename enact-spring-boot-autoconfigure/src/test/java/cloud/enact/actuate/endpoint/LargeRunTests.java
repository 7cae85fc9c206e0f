package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLimits;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

class LargeRunTests {

    @Test
    void aRunOfTooManyBytesIsRefusedWithWhatToDoInstead() {
        int block = 16 * 1024 * 1024;
        ReceiptSigner signer = ReceiptSigner.hs256("a secret of more than 32 characters, for tests");
        ReceiptStore store = ReceiptStore.inMemory(10);
        ReceiptLog log = ReceiptLog.direct(
                "test",
                store,
                signer,
                new Masking(new CredentialDetector(), List.of(), new ReceiptLimits(block, 8, block)),
                Drafts.CLOCK);
        RunId run = Drafts.run();
        for (int i = 0; i < 5; i++) {
            log.append(Drafts.decided(run, Map.of("content", " ".repeat(block - 8192))));
        }

        WebEndpointResponse<Map<String, Object>> answer = new ReceiptsEndpoint(
                        store, new ReceiptVerifier(store, ReceiptKeys.of(signer)), null)
                .run(run.toString());

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getBody().get("detail").toString()).contains("too large", "GET receipts?run=");
    }
}

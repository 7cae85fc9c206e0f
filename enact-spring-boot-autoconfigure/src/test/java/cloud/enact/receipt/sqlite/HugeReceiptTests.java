package cloud.enact.receipt.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.EnactMode;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.undo.ActionStep;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that did so much that no store would give its receipt back. */
class HugeReceiptTests {

    private static final ReceiptKeys KEYS = ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET));

    @TempDir
    private Path folder;

    private static ReceiptDraft completed(int steps) {
        ActionRequest request = Drafts.request(Drafts.run(), Map.of());
        ActionStep step =
                new ActionStep("crm.delete_row", true, Map.of(), "x".repeat(4000), Reversibility.REVERSIBLE, 7L, null);
        return ReceiptDraft.completed(
                request,
                Drafts.pass(),
                EnactMode.ENFORCE,
                Drafts.NOW,
                Reversibility.REVERSIBLE,
                Map.of("status", "SUCCEEDED"),
                Collections.nCopies(steps, step));
    }

    @Test
    void itIsRefusedInsteadOfEndingItsLog() {
        Path file = this.folder.resolve("enact.db");
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file);
                ReceiptLog log = ReceiptLog.direct("test", store, KEYS, Masking.defaults(), Drafts.CLOCK)) {
            log.append(completed(12_000));
            assertThatExceptionOfType(ReceiptStoreException.class)
                    .isThrownBy(() -> log.append(completed(18_000)))
                    .withMessageContaining("are the most that any store gives back");
        }
        // the next process reads the end of the log first
        try (SqliteReceiptStore store = SqliteReceiptStore.open(file);
                ReceiptLog log = ReceiptLog.direct("test", store, KEYS, Masking.defaults(), Drafts.CLOCK)) {
            log.append(completed(1));
            assertThat(new ReceiptVerifier(store, KEYS).verifyLog("test").problems())
                    .isEmpty();
            assertThat(store.read("test", 1, 10)).hasSize(2);
        }
    }
}

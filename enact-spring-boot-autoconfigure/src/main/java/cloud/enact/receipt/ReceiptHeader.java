package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a receipt that are looked at without reading all of it.
 *
 * @param objectors policies that said ASK or BLOCK
 * @param signatureStart where the member {@code signature} begins, with the comma before it
 * @param signatureEnd where it ends
 */
record ReceiptHeader(
        String log,
        long seq,
        String prev,
        ReceiptKind kind,
        RunId runId,
        UUID actionId,
        Instant timestamp,
        String action,
        String actor,
        @Nullable String decision,
        @Nullable EnactMode mode,
        @Nullable RunId originalRunId,
        String system,
        @Nullable String workflow,
        Set<String> objectors,
        String kid,
        String alg,
        String signature,
        int signatureStart,
        int signatureEnd) {

    private static final UUID UNKNOWN_ID = new UUID(0x7000L, 0x8000_0000_0000_0000L);

    /** What stands for the fields of an entry that can't be read. */
    static ReceiptHeader unreadable(String log, long seq) {
        return new ReceiptHeader(
                log,
                seq,
                "",
                ReceiptKind.GAP,
                new RunId(UNKNOWN_ID),
                UNKNOWN_ID,
                Instant.EPOCH,
                "unreadable",
                "unreadable",
                null,
                null,
                null,
                "unreadable",
                null,
                Set.of(),
                "",
                "",
                "",
                0,
                0);
    }

    ReceiptHeader at(String log, long seq) {
        return new ReceiptHeader(
                log,
                seq,
                this.prev,
                this.kind,
                this.runId,
                this.actionId,
                this.timestamp,
                this.action,
                this.actor,
                this.decision,
                this.mode,
                this.originalRunId,
                this.system,
                this.workflow,
                this.objectors,
                this.kid,
                this.alg,
                this.signature,
                this.signatureStart,
                this.signatureEnd);
    }
}

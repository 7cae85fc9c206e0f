package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a receipt but for its place in the log and its signature, and what they say.
 *
 * @param json the other bytes
 * @param prevAt where {@code prev} belongs
 * @param seqAt where {@code seq} and {@code signature} belong
 */
record UnsignedReceipt(
        JsonBytes json,
        int prevAt,
        int seqAt,
        String log,
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
        Set<String> objectors) {

    private static final String SIGNATURE = ",\"signature\":\"";

    private static final String PREV = ",\"prev\":\"";

    private static final String SEQ = ",\"seq\":";

    /**
     * Asks a signer for a signature.
     *
     * @throws ReceiptStoreException when it gives none; the message of a service may hold a token, so it stays behind
     */
    static byte[] signature(ReceiptSigner signer, byte[] bytes) {
        try {
            return signer.sign(bytes);
        } catch (RuntimeException ex) {
            throw new ReceiptStoreException(
                    "The receipt was not signed: key '" + signer.kid() + "' failed with "
                            + ex.getClass().getSimpleName() + ". Check where the key is kept",
                    ex);
        }
    }

    /**
     * Gives the receipt its place and signs it.
     *
     * @param seq its place
     * @param prev hash of the entry before it
     * @param signer the signer whose id the bytes carry already
     */
    Receipt sign(long seq, byte[] prev, ReceiptSigner signer) {
        String prevText = HexFormat.of().formatHex(prev);
        String seqText = Long.toString(seq);
        int place = PREV.length() + prevText.length() + 1 + SEQ.length() + seqText.length();
        // of just this length, so that the array need not be copied to be signed
        JsonBytes unsigned = new JsonBytes(this.json.length() + place);
        unsigned.raw(this.json, 0, this.prevAt);
        unsigned.raw(PREV).raw(prevText).raw('"');
        unsigned.raw(this.json, this.prevAt, this.seqAt);
        unsigned.raw(SEQ).raw(seqText);
        int start = unsigned.length();
        unsigned.raw(this.json, this.seqAt, this.json.length());

        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(signature(signer, unsigned.array()));
        int end = start + SIGNATURE.length() + signature.length() + 1;
        JsonBytes signed = new JsonBytes(unsigned.length() + end - start);
        signed.raw(unsigned, 0, start);
        signed.raw(SIGNATURE).raw(signature).raw('"');
        signed.raw(unsigned, start, unsigned.length());

        ReceiptHeader header = new ReceiptHeader(
                this.log,
                seq,
                prevText,
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
                signer.kid(),
                signer.alg(),
                signature,
                start,
                end);
        return new Receipt(header, signed.array(), null);
    }
}

package cloud.enact.receipt;

import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts as canonical JSON with masked reasons. What a policy says when it has no objection is the same every time,
 * so it is written once and remembered. Thread-safe.
 */
final class VerdictJson {

    private static final int REMEMBERED = 512;

    private static final int LONGEST_REMEMBERED = 256;

    private final Masking masking;

    /** Never grows beyond {@link #REMEMBERED}. */
    private final Map<Verdict, byte[]> written = new ConcurrentHashMap<>();

    VerdictJson(Masking masking) {
        this.masking = masking;
    }

    /** Each verdict of a decision as a JSON object; empty for none. */
    List<byte[]> of(@Nullable Decision decision, PayloadDigests.OfReceipt digests, MaskedValues secrets) {
        if (decision == null) {
            return List.of();
        }
        List<byte[]> result = new ArrayList<>(decision.verdicts().size());
        for (Verdict verdict : decision.verdicts()) {
            byte[] known = secrets.isEmpty() ? this.written.get(verdict) : null;
            result.add((known != null) ? known : write(verdict, digests, secrets));
        }
        return result;
    }

    /** Names of the policies that said ASK or BLOCK, as {@link #of} writes them. */
    Set<String> objectors(@Nullable Decision decision) {
        Set<String> objectors = Set.of();
        if (decision != null) {
            for (Verdict verdict : decision.verdicts()) {
                if (verdict.effect().compareTo(Effect.ASK) >= 0) {
                    objectors = objectors.isEmpty() ? new LinkedHashSet<>() : objectors;
                    objectors.add(this.masking.plain(verdict.policy()));
                }
            }
        }
        return objectors;
    }

    private byte[] write(Verdict verdict, PayloadDigests.OfReceipt digests, MaskedValues secrets) {
        String reason = this.masking.mask(verdict.reason(), digests, secrets);
        JsonBytes out = new JsonBytes(128 + reason.length());
        out.raw("{\"effect\":\"").raw(verdict.effect().name()).raw('"');
        if (verdict.mode() != null) {
            out.raw(",\"mode\":").raw(ReceiptWriter.word(verdict.mode()));
        }
        out.raw(",\"policy\":").string(this.masking.plain(verdict.policy()));
        out.raw(",\"reason\":").string(reason).raw('}');
        byte[] json = out.toBytes();
        if (isRepeated(verdict, reason) && this.written.size() < REMEMBERED) {
            this.written.put(verdict, json);
        }
        return json;
    }

    /** An objection quotes what it objects to, and a reason that is cut has a digest of its own: both differ each time. */
    private static boolean isRepeated(Verdict verdict, String reason) {
        return verdict.effect().compareTo(Effect.ASK) < 0
                && verdict.reason().equals(reason)
                && reason.length() + verdict.policy().length() <= LONGEST_REMEMBERED;
    }
}

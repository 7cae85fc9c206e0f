package cloud.enact.policy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one policy says of one request.
 *
 * @param policy name of the policy
 * @param effect what it asks for
 * @param reason a sentence a person and a model can act on: what, why, what instead; empty for ABSTAIN
 * @param mode the policy's own mode where its configuration gives one, else {@code null} for the application's
 * @param quorum who has to approve where its configuration says so, else {@code null} for anybody
 */
public record Verdict(
        String policy,
        Effect effect,
        String reason,
        @Nullable EnactMode mode,
        @Nullable Quorum quorum) {

    /** A verdict that leaves it open who has to approve. */
    public Verdict(String policy, Effect effect, String reason, @Nullable EnactMode mode) {
        this(policy, effect, reason, mode, null);
    }

    public static Verdict abstain(String policy) {
        return new Verdict(policy, Effect.ABSTAIN, "", null);
    }

    public static Verdict pass(String policy, String reason) {
        return new Verdict(policy, Effect.PASS, reason, null);
    }

    public static Verdict ask(String policy, String reason) {
        return new Verdict(policy, Effect.ASK, reason, null);
    }

    public static Verdict block(String policy, String reason) {
        return new Verdict(policy, Effect.BLOCK, reason, null);
    }

    /** The verdict as JSON-like values, as receipts have it. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("policy", this.policy);
        map.put("effect", this.effect.name());
        map.put("reason", this.reason);
        if (this.mode != null) {
            map.put("mode", this.mode.name().toLowerCase(Locale.ROOT));
        }
        return map;
    }

    /** Of the two texts alone, because their hashes are remembered: every verdict of every receipt is looked up by it. */
    @Override
    public int hashCode() {
        return 31 * this.policy.hashCode() + this.reason.hashCode();
    }
}

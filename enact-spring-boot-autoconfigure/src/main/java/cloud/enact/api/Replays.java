package cloud.enact.api;

import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySpec;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what other policies would have said of recorded calls. Thread-safe. */
public final class Replays {

    /** What a caller can wait for. */
    private static final int MOST_CALLS = 100_000;

    private static final int LONGEST_TEXT = 512 * 1024;

    private static final List<String> MEMBERS = List.of("policies", "text", "since", "until", "limit");

    private final ProposedPolicies proposed;

    private final PolicyReplay replay;

    private final Clock clock;

    /**
     * Creates what answers.
     *
     * @param proposed makes sets of other policies
     * @param replay asks them about recorded calls
     * @param clock tells the time
     */
    public Replays(ProposedPolicies proposed, PolicyReplay replay, Clock clock) {
        this.proposed = proposed;
        this.replay = replay;
        this.clock = clock;
    }

    /** Answers a question. */
    Map<String, @Nullable Object> answer(@Nullable Object json) {
        Members body = Members.of("", json, MEMBERS);
        Instant now = this.clock.instant();
        Instant since = Times.readSince(body, "since", now);
        Instant until = Times.read(body, "until", now.plusSeconds(1));
        int limit = body.number("limit", PolicyReplay.DEFAULT_CALLS, MOST_CALLS);
        return this.replay.replay(policies(body), since, until, limit).asMap();
    }

    private PolicySet policies(Members body) {
        if (body.has("policies") && body.has("text")) {
            throw ApiException.malformed("There are both 'policies' and 'text'.", "Send one of them.");
        }
        if (body.has("policies")) {
            List<PolicySpec> specs = RequestedPolicies.ofAnApplication().read(body, "policies");
            return ApiException.policies(() -> this.proposed.of(specs));
        }
        String text = body.optionalText("text", LONGEST_TEXT);
        return ApiException.policies(() -> this.proposed.ofText(text));
    }
}

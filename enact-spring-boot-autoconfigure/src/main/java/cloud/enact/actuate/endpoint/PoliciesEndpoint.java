package cloud.enact.actuate.endpoint;

import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import cloud.enact.replay.ReplayTimes;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Actuator endpoint that shows how the policies are doing, and replays others. Thread-safe.
 *
 * <ul>
 *   <li>{@code GET policies}: which policies these are, and which of them failed
 *   <li>{@code POST policies} with {@code {"operation":"replay","text":"policies: …","since":"30d"}}: what the policies
 *       of such a file would have said of recorded calls; without a text, what those of the application would
 * </ul>
 *
 * <p>Read-only unless {@code management.endpoint.policies.access} says otherwise, although a replay changes nothing:
 * it takes time, and shows arguments.
 */
@Endpoint(id = "policies", defaultAccess = Access.READ_ONLY)
public final class PoliciesEndpoint {

    private static final Log logger = LogFactory.getLog(PoliciesEndpoint.class);

    private static final int LONGEST_TEXT = 512 * 1024;

    private static final int MOST_CALLS = 100_000;

    private final PolicySet policies;

    private final ProposedPolicies proposed;

    private final PolicyReplay replay;

    private final Clock clock;

    /**
     * Makes the endpoint.
     *
     * @param policies the policies of the application
     * @param proposed makes sets of others
     * @param replay asks them about recorded calls
     * @param clock tells the time
     */
    public PoliciesEndpoint(PolicySet policies, ProposedPolicies proposed, PolicyReplay replay, Clock clock) {
        this.policies = policies;
        this.proposed = proposed;
        this.replay = replay;
        this.clock = clock;
    }

    /** Says how the policies are doing. */
    @ReadOperation
    public Map<String, @Nullable Object> status() {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("policy_set", this.policies.policySet());
        status.put("failures", this.policies.failures());
        status.put("problem", this.policies.problem());
        return status;
    }

    /**
     * Replays policies.
     *
     * @param operation {@code replay}; there is no other
     * @param text a policy file; the policies of the application if nothing is said
     * @param since calls from this time on, or from so long ago: {@code 30d}, {@code 12h}; 30 days if nothing is said
     * @param limit how many of the newest calls to look at; 10000 if nothing is said
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> replay(
            @Nullable String operation, @Nullable String text, @Nullable String since, @Nullable String limit) {
        try {
            if (!"replay".equals(operation)) {
                throw new BadRequestException("'operation' must be replay");
            }
            if (text != null && text.length() > LONGEST_TEXT) {
                throw new BadRequestException("'text' has at most " + LONGEST_TEXT + " characters");
            }
            Instant now = this.clock.instant();
            Instant from = ReplayTimes.since(since, now)
                    .orElseThrow(
                            () -> new BadRequestException("'since' is a time such as 2026-11-20T12:00:00Z, or 30d"));
            return new WebEndpointResponse<>(this.replay
                    .replay(this.proposed.ofText(text), from, now.plusSeconds(1), limit(limit))
                    .asMap());
        } catch (BadRequestException ex) {
            return Problem.of(WebEndpointResponse.STATUS_BAD_REQUEST, "Bad request", ex.getMessage());
        } catch (PolicyConfigurationException ex) {
            return Problem.of(
                    WebEndpointResponse.STATUS_BAD_REQUEST, "Bad policy", ex.getDescription() + ". " + ex.getAction());
        } catch (ReceiptStoreException ex) {
            logger.error("Receipts can't be read", ex);
            return Problem.of(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                    "Receipts are not available",
                    "The receipt store can't be read. Look at the application's log.");
        } catch (RuntimeException ex) {
            // what went wrong inside is for the log: its message may hold what the caller must not see
            logger.error("The policies endpoint can't answer", ex);
            return Problem.of(
                    WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR,
                    "Internal error",
                    "The request can't be answered. Look at the application's log.");
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return PolicyReplay.DEFAULT_CALLS;
        }
        if (!text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST_CALLS) {
                return limit;
            }
        }
        throw new BadRequestException("'limit' is a number from 1 to " + MOST_CALLS);
    }
}

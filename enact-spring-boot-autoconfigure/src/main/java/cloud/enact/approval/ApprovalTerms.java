package cloud.enact.approval;

import java.time.Instant;
import java.util.Set;

/**
 * What an approval takes, and what it is good for. Immutable.
 *
 * @param call digest of who asks for what in which conversation: the same for a call that is repeated
 * @param circumstances digest of what else was looked at, such as the policy set, the policies that ask and the measured
 *     effect: an approval is void when any of it has changed
 * @param expiresAt from when on silence is a no, and an answer that came is good for nothing
 * @param approvers how many people have to approve, at least 1
 * @param groups of which all of them have to be in one; empty for anybody
 * @param people who is to be told beside those that every request is told to, such as addresses
 */
public record ApprovalTerms(
        String call, String circumstances, Instant expiresAt, int approvers, Set<String> groups, Set<String> people) {

    public ApprovalTerms {
        if (approvers < 1) {
            throw new IllegalArgumentException("An approval takes at least one person");
        }
        groups = Set.copyOf(groups);
        people = Set.copyOf(people);
    }

    /** Terms of a request that is told to nobody in particular. */
    public ApprovalTerms(String call, String circumstances, Instant expiresAt, int approvers, Set<String> groups) {
        this(call, circumstances, expiresAt, approvers, groups, Set.of());
    }
}

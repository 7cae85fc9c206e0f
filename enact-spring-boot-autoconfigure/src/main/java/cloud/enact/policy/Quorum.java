package cloud.enact.policy;

import java.util.Set;

/**
 * How many people a policy wants to approve, and who they are. Immutable.
 *
 * @param approvers how many different people, at least 1
 * @param groups of which each of them has to be in one; empty for anybody
 */
public record Quorum(int approvers, Set<String> groups) {

    /** More people than anybody asks. */
    public static final int MAX = 20;

    public Quorum {
        if (approvers < 1 || approvers > MAX) {
            throw new IllegalArgumentException("An approval takes 1 to " + MAX + " people, not " + approvers);
        }
        groups = Set.copyOf(groups);
    }
}

package cloud.enact.approval;

import java.util.Set;

/**
 * Who answers, and how that is known. Immutable.
 *
 * @param id address or user name; never blank
 * @param groups the groups or roles the person is in
 * @param channel where the answer comes from, such as {@code email} or {@code console}
 */
public record Approver(String id, Set<String> groups, String channel) {

    public Approver {
        if (id.isBlank()) {
            throw new IllegalArgumentException("Nobody answers");
        }
        groups = Set.copyOf(groups);
    }
}

package cloud.enact.approval;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who is in which group, for doors that know no more of a person than a name. Immutable.
 *
 * @param members names or addresses by group
 */
public record ApprovalGroups(Map<String, Set<String>> members) {

    public ApprovalGroups {
        members = Map.copyOf(members);
    }

    /** The groups of a person. */
    public Set<String> of(String person) {
        Set<String> groups = new LinkedHashSet<>();
        this.members.forEach((group, people) -> {
            if (people.stream().anyMatch(each -> same(each, person))) {
                groups.add(group);
            }
        });
        return groups;
    }

    /** Stricter than what counts as the requester's own name: who only looks like a member is none. */
    private static boolean same(String one, String other) {
        return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
    }
}

package cloud.enact.approval;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may answer through doors behind a log-in. Nobody does without one of the roles: being on this machine is not
 * enough, because a governed agent is, too. Immutable.
 *
 * @param roles one of them is needed; none for nobody
 * @param groups know further groups of people by their names
 */
public record ApprovalRoles(Set<String> roles, ApprovalGroups groups) {

    public ApprovalRoles {
        roles = Set.copyOf(roles);
    }

    /**
     * Whoever answers a request.
     *
     * @param name of whoever is signed in; {@code null} for nobody
     * @param inRole whether that person has a role
     * @param channel where the answer comes from
     * @throws ApprovalRefusedException when this person may not answer anything here
     */
    public Approver approver(@Nullable String name, Predicate<String> inRole, ApprovalRequest request, String channel) {
        if (name == null || name.isBlank()) {
            throw new ApprovalRefusedException(
                    "Only somebody who is signed in can answer. Being on this machine is not enough.");
        }
        if (this.roles.isEmpty()) {
            throw new ApprovalRefusedException(
                    "Nobody may answer here. Name the roles of those who may in enact.approval.roles.");
        }
        if (this.roles.stream().noneMatch(inRole)) {
            throw new ApprovalRefusedException("Only people with certain roles can answer, and you have none of them.");
        }
        Set<String> known = new LinkedHashSet<>(this.groups.of(name));
        request.terms().groups().stream().filter(inRole).forEach(known::add);
        return new Approver(name, known, channel);
    }
}

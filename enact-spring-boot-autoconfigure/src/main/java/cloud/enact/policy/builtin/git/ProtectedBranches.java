package cloud.enact.policy.builtin.git;

import cloud.enact.action.ActionPattern;
import cloud.enact.policy.PolicyParameters;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Branches that only reviewed changes may reach. */
final class ProtectedBranches {

    private final List<ActionPattern> branches;

    private final @Nullable String alternative;

    ProtectedBranches(PolicyParameters with) {
        this.branches = with.strings("branches", List.of("main", "master")).stream()
                .map(branch -> new ActionPattern(folded(branch)))
                .toList();
        if (this.branches.isEmpty()) {
            throw with.wrong("branches", "is empty", "Name at least one branch, or remove the policy.");
        }
        this.alternative = List.of("agent/change", "feature/change").stream()
                .filter(branch -> !include(branch))
                .findFirst()
                .orElse(null);
    }

    /** Whether the branch is one of them, whatever the case: some disks take both for the same. */
    boolean include(String branch) {
        String folded = folded(branch);
        for (ActionPattern pattern : this.branches) {
            if (pattern.matches(folded)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pattern, as git has them in refspecs, may stand for one of them. */
    boolean mayInclude(String target) {
        if (target.indexOf('*') < 0) {
            return false;
        }
        ActionPattern pattern = new ActionPattern(folded(target));
        return this.branches.stream().anyMatch(branch -> pattern.matches(branch.text()));
    }

    private static String folded(String branch) {
        return branch.toLowerCase(Locale.ROOT);
    }

    /** What to do instead of pushing to one of them. */
    String instead() {
        return (this.alternative != null)
                ? "Push to a branch such as '" + this.alternative + "' and open a pull request."
                : "Ask a maintainer to do it.";
    }
}

package cloud.enact.policy.file;

import cloud.enact.policy.PolicySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a list of policies: a policy, or a pack of them.
 *
 * @param spec the policy; for a pack what holds for all its policies: {@code with}, {@code on} and {@code mode}
 * @param pack name of the pack, or {@code null} for a single policy
 * @param without names of policies of the pack that are left out
 */
public record PolicyEntry(PolicySpec spec, @Nullable String pack, List<String> without) {

    public PolicyEntry {
        without = List.copyOf(without);
    }
}

package cloud.enact.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code with} of a policy, read with clear errors. */
public final class PolicyParameters {

    private final String policy;

    private final String origin;

    private final Map<String, ? extends @Nullable Object> values;

    public PolicyParameters(String policy, String origin, Map<String, ? extends @Nullable Object> values) {
        this.policy = policy;
        this.origin = origin;
        this.values = Map.copyOf(values);
    }

    /** Name of the policy these belong to. */
    public String policy() {
        return this.policy;
    }

    /** Where they were written. */
    public String origin() {
        return this.origin;
    }

    /** The values as written. */
    public Map<String, ? extends @Nullable Object> values() {
        return this.values;
    }
}

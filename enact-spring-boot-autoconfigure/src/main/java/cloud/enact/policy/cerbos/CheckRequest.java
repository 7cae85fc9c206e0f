package cloud.enact.policy.cerbos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a principal may do something with a resource. Maps and lists are read, never changed.
 *
 * @param principal who asks
 * @param resource what it is about
 * @param actions what is asked for
 * @param auxData further facts, such as the claims of a token below {@code jwt}
 * @param now the time of the request
 */
record CheckRequest(
        Principal principal,
        Resource resource,
        List<String> actions,
        Map<String, @Nullable Object> auxData,
        Instant now) {

    /** A scope as policies write it: a dot in front makes no difference. */
    static String plainScope(String scope) {
        return scope.startsWith(".") ? scope.substring(1) : scope;
    }

    /**
     * Who asks.
     *
     * @param id who it is
     * @param roles roles, in the order in which they are looked at
     * @param attr further facts
     * @param policyVersion version of the policies, or empty for the default
     * @param scope scope of the policies, or empty for the default
     */
    record Principal(
            String id, List<String> roles, Map<String, @Nullable Object> attr, String policyVersion, String scope) {}

    /**
     * What it is about.
     *
     * @param kind kind of resource
     * @param id which one
     * @param attr further facts
     * @param policyVersion version of the policies, or empty for the default
     * @param scope scope of the policies, or empty for the default
     */
    record Resource(String kind, String id, Map<String, @Nullable Object> attr, String policyVersion, String scope) {}
}

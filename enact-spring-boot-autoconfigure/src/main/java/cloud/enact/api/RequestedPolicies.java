package cloud.enact.api;

import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicySpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the policies that a question brings along. */
final class RequestedPolicies {

    private static final int MOST = 200;

    private static final int LONGEST_NAME = 200;

    private static final int LONGEST_TEXT = 10_000;

    private static final List<String> MEMBERS = List.of("policy", "with", "name", "block", "ask", "reason", "on_error");

    private RequestedPolicies() {}

    /** Returns {@code null} when the question brings none along. */
    static @Nullable List<PolicySpec> read(Members body, String name) {
        if (!body.has(name)) {
            return null;
        }
        List<PolicySpec> specs = new ArrayList<>();
        for (Object entry : body.list(name, MOST)) {
            String place = name + "[" + specs.size() + "]";
            Members members = Members.of(place, entry, MEMBERS);
            specs.add(new PolicySpec(
                    members.optionalText("policy", LONGEST_NAME),
                    members.optionalText("name", LONGEST_NAME),
                    members.object("with"),
                    null,
                    null,
                    members.optionalText("block", LONGEST_TEXT),
                    members.optionalText("ask", LONGEST_TEXT),
                    members.optionalText("reason", LONGEST_TEXT),
                    members.choice("on_error", OnError.class),
                    place,
                    null));
        }
        return specs;
    }
}

package cloud.enact.api;

import cloud.enact.policy.EnactMode;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Quorum;
import cloud.enact.policy.file.PolicyEntry;
import cloud.enact.policy.file.PolicyPacks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the policies that a question brings along, as entries of {@code enact.policies} say them. */
final class RequestedPolicies {

    private static final int MOST = 200;

    private static final int LONGEST_NAME = 200;

    private static final int LONGEST_TEXT = 10_000;

    private static final List<String> OF_A_CALL = List.of(
            "policy", "with", "name", "block", "ask", "reason", "on_error", "pack", "without", "approvers", "groups");

    private static final List<String> OF_AN_APPLICATION =
            Stream.concat(OF_A_CALL.stream(), Stream.of("on", "mode")).toList();

    private final List<String> members;

    private RequestedPolicies(List<String> members) {
        this.members = members;
    }

    /** Those that one call is put to: they apply to it, and enforce. */
    static RequestedPolicies ofACall() {
        return new RequestedPolicies(OF_A_CALL);
    }

    /** Those that an application might have: each says to what it applies. */
    static RequestedPolicies ofAnApplication() {
        return new RequestedPolicies(OF_AN_APPLICATION);
    }

    List<PolicySpec> read(Members body, String name) {
        List<PolicyEntry> entries = new ArrayList<>();
        for (Object element : body.list(name, MOST)) {
            String place = name + "[" + entries.size() + "]";
            entries.add(entry(Members.of(place, element, this.members), place));
        }
        return ApiException.policies(() -> PolicyPacks.expand(entries));
    }

    private static PolicyEntry entry(Members members, String place) {
        @Nullable Integer approvers = members.has("approvers") ? members.number("approvers", 1, Quorum.MAX) : null;
        PolicySpec spec = new PolicySpec(
                        members.optionalText("policy", LONGEST_NAME),
                        members.optionalText("name", LONGEST_NAME),
                        members.object("with"),
                        members.optionalText("on", LONGEST_TEXT),
                        members.choice("mode", EnactMode.class),
                        members.optionalText("block", LONGEST_TEXT),
                        members.optionalText("ask", LONGEST_TEXT),
                        members.optionalText("reason", LONGEST_TEXT),
                        members.choice("on_error", OnError.class),
                        place,
                        null,
                        null)
                .approvedBy(approvers, members.texts("groups", MOST, LONGEST_NAME));
        return new PolicyEntry(
                spec,
                members.optionalText("pack", LONGEST_NAME),
                List.copyOf(members.texts("without", MOST, LONGEST_NAME)));
    }
}

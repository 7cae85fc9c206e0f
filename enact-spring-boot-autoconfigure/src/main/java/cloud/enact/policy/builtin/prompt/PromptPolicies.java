package cloud.enact.policy.builtin.prompt;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about texts that models read. */
public final class PromptPolicies {

    private PromptPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(
                new BuiltinType(
                        BlockPromptInjection.NAME,
                        BlockPromptInjection.HARM,
                        List.of(),
                        with -> BlockPromptInjection.inAnyText()),
                new BuiltinType(
                        BlockPromptInjection.FIELDS_NAME,
                        BlockPromptInjection.HARM,
                        List.of("fields"),
                        BlockPromptInjection::inFields));
    }
}

package cloud.enact.policy.builtin.credential;

import cloud.enact.policy.PolicyType;
import cloud.enact.policy.builtin.BuiltinType;
import java.util.List;

/** The policies about the use of credentials. */
public final class CredentialPolicies {

    private CredentialPolicies() {}

    /** The policies, in the order of the catalogue. */
    public static List<PolicyType> types() {
        return List.of(new BuiltinType(
                PauseOnResourcePurposeMismatch.NAME,
                PauseOnResourcePurposeMismatch.HARM,
                List.of(),
                with -> new PauseOnResourcePurposeMismatch()));
    }
}

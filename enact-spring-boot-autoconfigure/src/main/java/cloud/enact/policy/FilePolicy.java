package cloud.enact.policy;

/**
 * A policy that a {@link PolicyFileReader} found in a file.
 *
 * @param policy the policy; its name is unique among all policies
 * @param canonical text from which the digest of the policy set is made: different whenever the policy would judge
 *     differently, and the same at every start
 */
public record FilePolicy(ActionPolicy policy, String canonical) {}

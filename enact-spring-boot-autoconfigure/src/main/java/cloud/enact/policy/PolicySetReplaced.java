package cloud.enact.policy;

/**
 * Tells that other policies hold from now on.
 *
 * @param before digest of the policy set until now
 * @param after digest of the policy set from now on
 */
public record PolicySetReplaced(String before, String after) {}

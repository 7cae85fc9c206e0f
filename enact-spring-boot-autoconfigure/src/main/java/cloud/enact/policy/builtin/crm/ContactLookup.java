package cloud.enact.policy.builtin.crm;

/**
 * Knows the contacts there are. A bean of this type is what {@code crm.dont-duplicate-contacts} asks.
 *
 * <ol>
 *   <li>It only looks; it is asked while a call is judged, also for calls that never happen.
 *   <li>It answers within {@code enact.policy-timeout}. What takes longer, and whatever it throws, is a BLOCK.
 *   <li>Thread-safe.
 * </ol>
 */
@FunctionalInterface
public interface ContactLookup {

    /**
     * Whether there is a contact of this address.
     *
     * @param email address in small letters, never blank
     */
    boolean exists(String email);
}

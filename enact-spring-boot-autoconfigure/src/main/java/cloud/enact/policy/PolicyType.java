package cloud.enact.policy;

import java.util.List;

/** A policy of the catalogue: a name that configuration can use, and how to make one from its parameters. */
public interface PolicyType {

    /** The fixed name, such as {@code db.protect-tables}. */
    String name();

    /** The harm it prevents, in one sentence. */
    String harm();

    /** Names of the parameters it understands. */
    List<String> parameters();

    /**
     * Whether the work of its policies is bounded for any input by the way they are made. If not, they run under the
     * time limit of beans.
     */
    default boolean bounded() {
        return false;
    }

    /** Whether it says nothing of any action until {@code on}, or the action that carries it, says of which. */
    default boolean needsActions() {
        return false;
    }

    /**
     * Makes the policy.
     *
     * @throws PolicyConfigurationException when a parameter is missing or wrong
     */
    ActionPolicy create(PolicyParameters with);
}

package cloud.enact.connector;

import cloud.enact.action.Reversibility;
import java.util.Set;

/** An operation that a connector has, allowed or not. Immutable. */
public interface ConnectorOperation {

    /** Last part of its action's name, such as {@code create_branch}. */
    String id();

    /** Whether it can be taken back. */
    Reversibility reversibility();

    /** Names of all arguments it takes. */
    Set<String> arguments();
}

package cloud.enact.policy;

import java.util.List;

/**
 * Tells which actions an application guards when it has started; tools that come later are not among them.
 *
 * @param actions the actions, by name
 */
public record KnownActions(List<KnownAction> actions) {

    public KnownActions {
        actions = List.copyOf(actions);
    }
}

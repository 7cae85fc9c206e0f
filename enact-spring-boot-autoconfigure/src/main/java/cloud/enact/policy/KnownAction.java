package cloud.enact.policy;

import java.util.List;

/**
 * An action that can be called, as far as it is known before anybody calls it.
 *
 * @param name its name
 * @param arguments names of its arguments; empty when they are not known
 */
public record KnownAction(String name, List<String> arguments) {

    public KnownAction {
        arguments = List.copyOf(arguments);
    }
}

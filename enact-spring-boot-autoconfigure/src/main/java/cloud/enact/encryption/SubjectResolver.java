package cloud.enact.encryption;

import cloud.enact.action.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says whom the data of a call is about, where that is not who asks: the customer that an argument names, for example.
 * Says the same each time, and quickly. Thread-safe.
 */
@FunctionalInterface
public interface SubjectResolver {

    /**
     * Whom the data is about.
     *
     * @param action name of the action
     * @param actor who asks
     * @param args arguments by name, not masked; of a measured step with its {@code effect}
     * @return a stable id, which is not kept in clear; {@code null} for the subject of the action this one was made
     *     from, else for the actor
     */
    @Nullable
    String subjectOf(String action, Actor actor, Map<String, ? extends @Nullable Object> args);
}

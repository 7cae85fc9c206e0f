package cloud.enact.encryption;

import cloud.enact.action.Actor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom the data of each action is about: whom the resolver names, else the subject of the action it was made from, else
 * whom the actor acts for, else the actor. Thread-safe.
 */
public final class Subjects {

    /** Actions whose subject is remembered for the actions that are made from them: those used last. */
    private static final int REMEMBERED = 10_000;

    /** What Enact itself does, such as a rollback, is about who asks for it. */
    private static final String OWN = "enact.";

    private final SubjectResolver resolver;

    private final Map<UUID, String> named = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Creates subjects.
     *
     * @param resolver names those who are not the actor
     */
    public Subjects(SubjectResolver resolver) {
        this.resolver = resolver;
    }

    /** Everybody is the subject of what they ask for. */
    public static Subjects actors() {
        return new Subjects((action, actor, args) -> null);
    }

    /**
     * The subject of an action.
     *
     * @param parent the action it was made from, or {@code null}
     */
    public String of(
            UUID actionId,
            @Nullable UUID parent,
            String action,
            Actor actor,
            Map<String, ? extends @Nullable Object> args) {
        String subject = action.startsWith(OWN) ? null : this.resolver.subjectOf(action, actor, args);
        if (subject == null || subject.isBlank()) {
            subject = known(actionId, parent);
        } else {
            remember(actionId, subject);
        }
        return (subject != null) ? subject : of(actor);
    }

    /** The subject of what an actor asks for. */
    public static String of(Actor actor) {
        // an agent's own id would be one key for everybody it works for
        return (actor.onBehalfOf() != null) ? actor.onBehalfOf() : actor.id();
    }

    private synchronized void remember(UUID actionId, String subject) {
        this.named.put(actionId, subject);
    }

    private synchronized @Nullable String known(UUID actionId, @Nullable UUID parent) {
        String subject = this.named.get(actionId);
        if (subject == null && parent != null) {
            subject = this.named.get(parent);
            if (subject != null) {
                // and for actions that are made from this one
                this.named.put(actionId, subject);
            }
        }
        return subject;
    }
}

package cloud.enact.gate;

import cloud.enact.action.Actor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, or why nobody could find out. A failure travels to the gate like an actor does, because only the gate
 * decides what becomes of it.
 */
final class Asking implements Supplier<Actor> {

    private final @Nullable Actor actor;

    private final @Nullable Throwable failure;

    private Asking(@Nullable Actor actor, @Nullable Throwable failure) {
        this.actor = actor;
        this.failure = failure;
    }

    static Asking by(Actor actor) {
        return new Asking(actor, null);
    }

    static Asking unknown(Throwable failure) {
        return new Asking(null, failure);
    }

    /** Finds out now. */
    static Asking resolved(Supplier<Actor> resolver) {
        try {
            return by(resolver.get());
        } catch (RuntimeException | LinkageError ex) {
            return unknown(ex);
        }
    }

    /**
     * The actor.
     *
     * @throws IllegalStateException when nobody could find out
     */
    @Override
    public Actor get() {
        if (this.actor == null) {
            throw new IllegalStateException("Who asks could not be found out", this.failure);
        }
        return this.actor;
    }
}

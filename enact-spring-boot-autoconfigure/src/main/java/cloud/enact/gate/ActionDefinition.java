package cloud.enact.gate;

import cloud.enact.action.Reversibility;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an action before anybody calls it.
 *
 * @param name name of the action
 * @param method the governed method, or {@code null} for a tool without one and for connector operations
 * @param declared reversibility its author declared, or {@code null}
 * @param inverse the methods that capture and undo it, or {@code null}
 */
record ActionDefinition(
        String name,
        @Nullable Method method,
        @Nullable Reversibility declared,
        @Nullable Inverse inverse) {

    /** An action without a method of its own. */
    static ActionDefinition of(String name, @Nullable Reversibility declared) {
        return new ActionDefinition(name, null, declared, null);
    }

    /** What can be said before it runs; pessimistic when nobody declared anything. */
    Reversibility reversibility() {
        if (this.declared != null) {
            return this.declared;
        }
        if (this.inverse != null) {
            return this.inverse.capture() != null ? Reversibility.REVERSIBLE : Reversibility.COMPENSATABLE;
        }
        return Reversibility.IRREVERSIBLE;
    }

    /** Whether its steps alone say what can be taken back. */
    boolean judgedBySteps() {
        return this.declared == null && this.inverse == null;
    }

    /**
     * The methods an action names to take it back.
     *
     * @param capture reads what is about to change, or {@code null}
     * @param undo takes it back
     */
    record Inverse(@Nullable Method capture, Method undo) {}
}

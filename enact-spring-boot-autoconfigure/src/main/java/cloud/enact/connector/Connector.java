package cloud.enact.connector;

import cloud.enact.action.Reversibility;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepUndo;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands and memory for one system: allow-listed operations with built-in capture and undo. Thread-safe. */
public interface Connector {

    /** Name of this instance, first part of its action names: lower-case letters, digits, {@code _} and dots. */
    String name();

    /** Operations that are allowed; none by default. */
    Set<String> operations();

    /** Whether an operation can be taken back. */
    Reversibility reversibility(String operation);

    /**
     * Prepares an operation; nothing is touched yet.
     *
     * @throws IllegalArgumentException when the operation is not allowed or its arguments are wrong
     */
    StepOperation prepare(String operation, Map<String, @Nullable Object> args);

    /** Takes back what this connector did; works for every operation, allowed now or not. */
    StepUndo undo();
}

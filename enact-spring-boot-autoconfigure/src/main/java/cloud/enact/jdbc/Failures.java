package cloud.enact.jdbc;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an error of the database means to a store, and what to do.
 *
 * @param store what callers know the store as, such as {@code receipt store}
 * @param exception makes the exception of the store from a message and a cause
 * @param advice what to do, by SQL state, where the store knows better than any
 */
public record Failures<E extends RuntimeException>(
        String store, BiFunction<String, @Nullable Throwable, E> exception, Map<String, String> advice) {

    public Failures {
        advice = Map.copyOf(advice);
    }

    /** Whether a function of the store said no; the connection is sound then. */
    public static boolean isRefusal(SQLException cause) {
        return state(cause).startsWith("EN");
    }

    /** Whether the server went away, or ended the connection. */
    public static boolean isLostConnection(SQLException cause) {
        return state(cause).startsWith("08") || state(cause).startsWith("57P");
    }

    /** The SQL state; empty where the driver tells none. */
    public static String state(SQLException cause) {
        return Objects.requireNonNullElse(cause.getSQLState(), "");
    }

    /**
     * What to throw for an error of the database.
     *
     * @param verb what can't be done with the store, as in {@code written}
     */
    public E of(String verb, SQLException cause) {
        return this.exception.apply(
                "The " + this.store + " in PostgreSQL can't be " + verb + ". " + advice(state(cause)), cause);
    }

    /**
     * What to throw for anything else.
     *
     * @param predicate what is said of the store, as in {@code is closed}
     */
    public E because(String predicate, @Nullable Throwable cause) {
        return this.exception.apply("The " + this.store + " " + predicate, cause);
    }

    private String advice(String state) {
        String known = this.advice.get(state);
        if (known != null) {
            return known;
        }
        return switch (state) {
            case "57014", "55P03" -> "The server took too long: see what keeps it busy, or locks the tables";
            case "42P01", "42883", "3F000" ->
                "Its tables or functions are missing, or the role may not see them: see enact.receipts.jdbc"
                        + " in the configuration";
            case "25006" -> "The server takes no changes: it may be a standby";
            case "28P01", "28000" -> "The server does not let this role in: check user and password";
            case "53100" -> "The disk of the server is full: make room";
            default -> adviceOnClass(state.substring(0, Math.min(2, state.length())));
        };
    }

    private String adviceOnClass(String state) {
        String known = this.advice.get(state);
        if (known != null) {
            return known;
        }
        return switch (state) {
            case "08", "57" -> "The server is gone or was restarted; the next attempt connects again";
            case "53" -> "The server is out of resources: see its log";
            default -> "See the log of the server";
        };
    }
}

package cloud.enact.sqlite;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What an error of SQLite means to a store, and what to do.
 *
 * @param store what callers know the store as, such as {@code key table}
 * @param exception makes the exception of the store from a message and a cause
 * @param advice what to do, by error, where the store knows better than any
 */
public record Failures<E extends RuntimeException>(
        String store, BiFunction<String, @Nullable Throwable, E> exception, Map<SQLiteErrorCode, String> advice) {

    public Failures {
        advice = Map.copyOf(advice);
    }

    /** A store that knows nothing better. */
    public Failures(String store, BiFunction<String, @Nullable Throwable, E> exception) {
        this(store, exception, Map.of());
    }

    /**
     * What to throw for an error of SQLite.
     *
     * @param verb what can't be done with the store, as in {@code written}
     */
    public E of(String verb, SQLException cause) {
        return because("can't be " + verb + ". " + advice(cause) + ".", cause);
    }

    /**
     * What to throw for anything else.
     *
     * @param predicate what is said of the store, as in {@code was opened for reading only}
     */
    public E because(String predicate, @Nullable Throwable cause) {
        return this.exception.apply("The " + this.store + " " + predicate, cause);
    }

    private String advice(SQLException cause) {
        if (!(cause instanceof SQLiteException sqlite)) {
            return "Check the file and the disk";
        }
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF);
        String known = this.advice.get(code);
        if (known != null) {
            return known;
        }
        return switch (code) {
            case SQLITE_FULL -> "The disk is full: make room";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                "Check that the file and its folder are writable for the user that runs the application";
            case SQLITE_BUSY, SQLITE_LOCKED -> "Another process kept the file locked for too long";
            case SQLITE_NOTADB, SQLITE_CORRUPT ->
                "It is not a sound SQLite database: keep it as evidence and name another file";
            default -> "Check the file and the disk";
        };
    }
}

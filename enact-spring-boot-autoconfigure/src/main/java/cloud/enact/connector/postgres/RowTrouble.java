package cloud.enact.connector.postgres;

import cloud.enact.connector.ConnectorException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns what the database says into a sentence without values: its own messages quote them. */
final class RowTrouble {

    private RowTrouble() {}

    /** Does something for an operation, and says what went wrong in its name. */
    static <T extends @Nullable Object> T told(String operation, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException ex) {
            throw new ConnectorException(operation + ": " + sentence(ex));
        } catch (ConnectorException ex) {
            throw new ConnectorException(operation + ": " + ex.getMessage());
        }
    }

    private static String sentence(SQLException error) {
        String state = error.getSQLState();
        if (state == null) {
            // the guard's own words
            return (error.getClass() == SQLException.class && error.getMessage() != null)
                    ? error.getMessage()
                    : "the database can't be reached (" + error.getClass().getSimpleName() + ")";
        }
        return switch (state) {
            case "23505" -> "a row with such a value is there already" + constraint(error);
            case "23503" -> "rows would refer to one that is not there" + constraint(error);
            case "23502" -> "a column needs a value" + column(error);
            case "23514", "23P01" -> "the table does not take such a row" + constraint(error);
            case "22P02", "22007", "22008", "22003", "22001" ->
                "a value does not fit the type of its column (" + state + ")";
            case "42883", "42804" -> "a column of a type that can't be compared stands in the condition";
            case "428C9" -> "a column can't be written because the database computes it";
            case "42501" -> "the database role has no right to do this; ask who looks after the database";
            case "42P10" -> "nothing makes the conflict columns unique; name the columns of a unique constraint";
            case "25006" -> "the transaction is read-only";
            case "40001", "40P01" -> "somebody else changed the same rows at the same time; try again";
            case "55P03" -> "somebody else holds the rows; try again later";
            case "57014" -> "the database took too long, and was stopped";
            default ->
                state.startsWith("08")
                        ? "the database can't be reached (" + state + ")"
                        : "the database refused it (" + state + ")";
        };
    }

    private static String constraint(SQLException error) {
        ServerErrorMessage message = message(error);
        return (message != null && message.getConstraint() != null)
                ? " (constraint " + message.getConstraint() + ")"
                : "";
    }

    private static String column(SQLException error) {
        ServerErrorMessage message = message(error);
        return (message != null && message.getColumn() != null) ? " (column " + message.getColumn() + ")" : "";
    }

    private static @Nullable ServerErrorMessage message(SQLException error) {
        return (error instanceof PSQLException server) ? server.getServerErrorMessage() : null;
    }

    /** Something done with the database. */
    interface Work<T extends @Nullable Object> {

        T run() throws SQLException;
    }
}

package cloud.enact.undo.jdbc;

import cloud.enact.jdbc.Failures;
import cloud.enact.undo.UndoLogException;
import java.util.Map;

/** What an error of the database means to the undo log. */
final class Failure {

    private static final String MISSING = "Its tables or functions are missing: see enact.receipts.jdbc";

    static final Failures<UndoLogException> OF_LOG = new Failures<>(
            "undo log",
            UndoLogException::new,
            Map.of(
                    "EN003",
                    "Steps are never changed",
                    "42501",
                    "The role lacks a right: see cloud/enact/undo/jdbc/postgresql-writer.sql",
                    "42P01",
                    MISSING,
                    "42883",
                    MISSING,
                    "3F000",
                    MISSING,
                    "23",
                    "A step with the same place exists, or the tables were altered"));

    private Failure() {}
}

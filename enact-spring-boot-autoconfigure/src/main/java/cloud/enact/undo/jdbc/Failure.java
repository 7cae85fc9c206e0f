package cloud.enact.undo.jdbc;

import cloud.enact.jdbc.Failures;
import cloud.enact.undo.UndoLogException;
import java.util.Map;

/** What an error of the database means to the undo log. */
final class Failure {

    static final Failures<UndoLogException> OF_LOG = new Failures<>(
            "undo log",
            UndoLogException::new,
            Map.of(
                    "EN003",
                    "Steps are never changed",
                    "42501",
                    "The role lacks a right: see cloud/enact/undo/jdbc/postgresql-writer.sql",
                    "23",
                    "A step with the same place exists, or the tables were altered"));

    private Failure() {}
}

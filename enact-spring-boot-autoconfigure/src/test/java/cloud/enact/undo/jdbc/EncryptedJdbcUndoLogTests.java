package cloud.enact.undo.jdbc;

import cloud.enact.undo.DocumentUndoLog;
import cloud.enact.undo.EncryptedUndoLogContract;
import cloud.enact.undo.UndoEncryption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class EncryptedJdbcUndoLogTests extends EncryptedUndoLogContract {

    private final UndoTables tables = new UndoTables();

    @AfterEach
    void drop() throws SQLException {
        this.tables.close();
    }

    @Override
    protected DocumentUndoLog open(@Nullable UndoEncryption encryption) {
        return this.tables.open("one", encryption);
    }

    @Override
    protected String stored() throws SQLException {
        return this.tables.text("SELECT string_agg(convert_from(d.document, 'UTF8'), ' ') FROM"
                + " (SELECT document FROM undo_begun UNION ALL SELECT document FROM undo_ended) d");
    }
}

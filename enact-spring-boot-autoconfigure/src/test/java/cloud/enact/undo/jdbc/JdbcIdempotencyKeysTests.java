package cloud.enact.undo.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.IdempotencyKeysContract;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcIdempotencyKeysTests extends IdempotencyKeysContract {

    private final UndoTables tables = new UndoTables();

    private final List<JdbcIdempotencyKeys> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws SQLException {
        this.opened.forEach(JdbcIdempotencyKeys::close);
        this.tables.close();
    }

    @Override
    protected IdempotencyKeys keys() {
        JdbcIdempotencyKeys keys = JdbcIdempotencyKeys.open(UndoTables.dataSource(), this.tables.options());
        this.opened.add(keys);
        return keys;
    }

    @Test
    void theTableHoldsNoKeyInClear() throws SQLException {
        keys().take("email", "ann-needs-a-doctor", "digest", "one");

        assertThat(this.tables.text("SELECT string_agg(k::text, ' ') FROM undo_idempotency_key k"))
                .contains("digest")
                .doesNotContain("ann-needs-a-doctor");
    }
}

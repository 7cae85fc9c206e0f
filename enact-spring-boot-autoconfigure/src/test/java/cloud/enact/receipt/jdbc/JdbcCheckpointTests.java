package cloud.enact.receipt.jdbc;

import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.CheckpointStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

class JdbcCheckpointTests extends CheckpointStoreContract {

    private final ReceiptDatabase database = new ReceiptDatabase();

    private final JdbcReceiptStore store = this.database.open();

    @AfterEach
    void close() throws SQLException {
        this.store.close();
        this.database.close();
    }

    @Override
    protected CheckpointStore checkpoints() {
        return this.store;
    }
}

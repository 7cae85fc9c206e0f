package cloud.enact.receipt.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.CheckpointStoreContract;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.ReceiptSigner;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteCheckpointStoreTests extends CheckpointStoreContract {

    private static final Checkpoint CHECKPOINT = CheckpointSigner.derivedFrom(
                    "example.com/billing", ReceiptSigner.hs256(Drafts.SECRET))
            .sign("test", 1, MerkleTree.leaf(new byte[0]), Drafts.NOW);

    @TempDir
    private Path folder;

    private Path file;

    private SqliteReceiptStore store;

    @BeforeEach
    void open() {
        this.file = this.folder.resolve("enact").resolve("receipts.db");
        this.store = SqliteReceiptStore.open(this.file);
    }

    @AfterEach
    void close() {
        this.store.close();
    }

    @Override
    protected CheckpointStore checkpoints() {
        return this.store;
    }

    private void tamper(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static final String[] BACK_TO_VERSION_1 = {
        "DROP TABLE receipt_checkpoint",
        "DROP TRIGGER receipt_entry_no_update",
        "DROP TABLE receipt_objection",
        "DROP INDEX receipt_entry_run",
        "DROP INDEX receipt_entry_system",
        "DROP INDEX receipt_entry_workflow",
        "DROP INDEX receipt_entry_mode",
        "ALTER TABLE receipt_entry DROP COLUMN system",
        "ALTER TABLE receipt_entry DROP COLUMN workflow",
        "ALTER TABLE receipt_entry DROP COLUMN mode",
        "CREATE INDEX receipt_entry_run ON receipt_entry (run_id)",
        "UPDATE enact_schema SET version = 1 WHERE component = 'receipt'"
    };

    @Test
    void checkpointsAreThereAfterTheFileWasClosed() {
        this.store.save(CHECKPOINT, new byte[32]);
        this.store.close();

        this.store = SqliteReceiptStore.open(this.file);

        assertThat(this.store.newest("test"))
                .map(CheckpointStore.Saved::checkpoint)
                .contains(CHECKPOINT);
    }

    @Test
    void aFileOfVersion1GetsRoomForCheckpointsWhenItIsOpened() throws Exception {
        this.store.close();
        tamper(BACK_TO_VERSION_1);

        this.store = SqliteReceiptStore.open(this.file);
        this.store.save(CHECKPOINT, new byte[32]);

        assertThat(this.store.newest("test")).isPresent();
        this.store.close();
        this.store = SqliteReceiptStore.open(this.file);
        assertThat(this.store.newest("test")).isPresent();
    }

    @Test
    void aFileOfVersion1CanBeRead() throws Exception {
        this.store.close();
        tamper(BACK_TO_VERSION_1);

        try (SqliteReceiptStore reader = SqliteReceiptStore.openReadOnly(this.file)) {
            assertThat(reader.newest("test")).isEmpty();
            assertThat(reader.checkpoints("test", 0, 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE receipt_checkpoint SET size = 2",
                "DELETE FROM receipt_checkpoint",
                "INSERT OR REPLACE INTO receipt_checkpoint SELECT log, size, 'x', edge FROM receipt_checkpoint"
            })
    void theDatabaseItselfRefusesToChangeCheckpoints(String sql) {
        this.store.save(CHECKPOINT, new byte[32]);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> tamper(sql))
                .withMessageContaining("append-only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE receipt_checkpoint SET size = 2",
                "UPDATE receipt_checkpoint SET note = ''",
                "UPDATE receipt_checkpoint SET note = x'00ff'",
                "UPDATE receipt_checkpoint SET note = CAST(zeroblob(100000) AS TEXT)"
            })
    void whatWasAlteredBehindTheTriggersStillComesBack(String sql) throws Exception {
        this.store.save(CHECKPOINT, new byte[32]);
        tamper("DROP TRIGGER receipt_checkpoint_no_update", sql, "UPDATE receipt_checkpoint SET edge = zeroblob(5000)");

        assertThat(this.store.newest("test")).hasValueSatisfying(saved -> {
            assertThat(saved.checkpoint().timestamp()).isEqualTo(Instant.EPOCH);
            assertThat(saved.range()).isEmpty();
        });
        assertThat(this.store.checkpoints("test", 0, 10)).hasSize(1);
    }
}

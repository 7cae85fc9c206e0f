package cloud.enact.receipt.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointOptions;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.VerificationStatus;
import cloud.enact.receipt.VerificationWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file whose tables somebody made anew without their rules, with any value in any column. It must be found: who could
 * make the verification fail instead would have hidden what he did.
 */
@Timeout(300)
class HostileTablesTests {

    private static final List<String> VALUES =
            List.of("NULL", "''", "'abc'", "-1", "9e99", "9223372036854775807", "x'00ff'", "char(0)");

    private static final ReceiptSigner SECRET = ReceiptSigner.hs256(Drafts.SECRET);

    private static final ReceiptKeys KEYS = ReceiptKeys.of(SECRET);

    private static final CheckpointSigner SIGNER = CheckpointSigner.derivedFrom("test", SECRET);

    private static final CheckpointKeys CHECKPOINT_KEYS = CheckpointKeys.of(List.of(SIGNER.key()));

    @TempDir
    private Path folder;

    private Path sound;

    @BeforeEach
    void makeSoundFile() {
        this.sound = this.folder.resolve("sound.db");
        CheckpointOptions checkpoints = new CheckpointOptions(
                SIGNER, CHECKPOINT_KEYS, List.of(), 2, Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.sound);
                ReceiptLog log = ReceiptLog.groupCommit(
                        "test",
                        store,
                        KEYS,
                        Masking.defaults(),
                        ReceiptLogOptions.defaults(),
                        checkpoints,
                        Drafts.CLOCK)) {
            for (int i = 0; i < 4; i++) {
                log.append(Drafts.decided(Drafts.run()));
            }
        }
    }

    private VerificationStatus verify(String... statements) throws Exception {
        Path file = this.folder.resolve("hostile.db");
        Files.deleteIfExists(this.folder.resolve("hostile.db-wal"));
        Files.deleteIfExists(this.folder.resolve("hostile.db-shm"));
        Files.deleteIfExists(file);
        Files.copy(this.sound, file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        try (SqliteReceiptStore store = SqliteReceiptStore.openReadOnly(file);
                VerificationWatch watch = new VerificationWatch(
                        store,
                        KEYS,
                        CHECKPOINT_KEYS,
                        List.of(),
                        Duration.ofDays(1),
                        1_000_000,
                        Drafts.CLOCK,
                        List.of())) {
            watch.pass();
            return watch.status();
        }
    }

    private static List<String> columns(Path file, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    @Test
    void theFileIsSoundBefore() throws Exception {
        VerificationStatus status = verify();

        assertThat(status.lastError()).isNull();
        assertThat(status.problem()).isNull();
        assertThat(status.last().verification().exposure().checkpoints()).isPositive();
    }

    @Test
    void noValueInAnyColumnEndsTheVerification() throws Exception {
        List<String> unfinished = new ArrayList<>();
        List<String> unnoticed = new ArrayList<>();
        for (String table : List.of("receipt_entry", "receipt_checkpoint", "receipt_log")) {
            for (String column : columns(this.sound, table)) {
                for (String value : VALUES) {
                    VerificationStatus status = verify(
                            "CREATE TABLE made_anew AS SELECT * FROM " + table,
                            "DROP TABLE " + table,
                            "ALTER TABLE made_anew RENAME TO " + table,
                            "UPDATE " + table + " SET " + column + " = " + value + " WHERE rowid = 2 OR '" + table
                                    + "' = 'receipt_log'");
                    String what = table + "." + column + " = " + value;
                    if (status.lastError() != null) {
                        unfinished.add(what + ": " + status.lastError());
                    } else if (status.problem() == null && table.equals("receipt_entry")) {
                        unnoticed.add(what);
                    }
                }
            }
        }
        assertThat(unfinished).isEmpty();
        // the order of insertion says nothing, and this entry had no original run
        assertThat(unnoticed)
                .allMatch(what ->
                        what.startsWith("receipt_entry.id ") || what.equals("receipt_entry.original_run_id = NULL"));
    }
}

package cloud.enact.encryption.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.KeyTableContract;
import cloud.enact.encryption.WrappedKey;
import cloud.enact.undo.postgres.OwnSchema;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcKeyTableTests extends KeyTableContract {

    private static final byte[] SUBJECT = bytes("a keyed hash of somebody");

    private static final byte[] WRAPPED = bytes("what a master key made of a key");

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private OwnSchema schema;

    private JdbcKeyTable table;

    @BeforeEach
    void open() throws SQLException {
        this.schema = new OwnSchema();
        KeySchema.initialize(this.schema.owner(), this.schema.name());
        KeySchema.grantWriting(this.schema.owner(), this.schema.name(), this.schema.role());
        this.table = opened();
    }

    @AfterEach
    void close() throws SQLException {
        this.table.close();
        this.schema.close();
    }

    @Override
    protected KeyTable table() {
        return this.table;
    }

    /** As the application has it, which does not own the table. */
    private JdbcKeyTable opened() {
        return JdbcKeyTable.open(this.schema.writer(), this.schema.name(), TIMEOUT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void keysAreThereAfterARestart() {
        this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED));
        this.table.putIfAbsent(new WrappedKey("k2", null, "m1", WRAPPED));
        this.table.erase("k2");
        this.table.close();

        this.table = opened();

        assertThat(this.table.find("k1").orElseThrow().wrapped()).isEqualTo(WRAPPED);
        assertThat(this.table.find("k2").orElseThrow().isErased()).isTrue();
    }

    @Test
    void noFileOfTheTablesHoldsAnErasedKeyNorItsOldWrapping() throws SQLException {
        for (int i = 0; i < 50; i++) {
            this.table.putIfAbsent(new WrappedKey("other" + i, bytes("another " + i), "m1", bytes("key " + i)));
        }
        this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED));
        assertThat(holding(WRAPPED)).isNotEmpty();
        assertThat(holding(SUBJECT)).isNotEmpty();
        this.table.rewrap(new WrappedKey("k1", SUBJECT, "m2", bytes("another wrapping")));
        assertThat(holding(WRAPPED)).isNotEmpty();

        this.table.erase("k1");

        assertThat(holding(WRAPPED)).isEmpty();
        assertThat(holding(SUBJECT)).isEmpty();
        assertThat(holding(bytes("another wrapping"))).isEmpty();
        assertThat(holding(bytes("key 49"))).containsExactly("encryption_key");
        assertThat(this.table.find("other7").orElseThrow().wrapped()).isEqualTo(bytes("key 7"));
    }

    /** Names of the tables and indexes that have these bytes in their file. */
    private List<String> holding(byte[] bytes) throws SQLException {
        try (Connection connection = this.schema.owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            try (ResultSet rows = statement.executeQuery("SELECT c.relname FROM pg_class c"
                    + " WHERE c.relnamespace = '" + this.schema.name().quoted() + "'::regnamespace"
                    + " AND c.relkind IN ('r', 'i') AND position('\\x"
                    + HexFormat.of().formatHex(bytes)
                    + "'::bytea IN pg_read_binary_file(pg_relation_filepath(c.oid))) > 0 ORDER BY 1")) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }

    @Test
    void severalProcessesShareTheTable() {
        this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED));
        try (JdbcKeyTable other = JdbcKeyTable.openOnOneConnection(this.schema.owner(), this.schema.name(), TIMEOUT)) {
            assertThat(other.putIfAbsent(new WrappedKey("k2", SUBJECT, "m1", WRAPPED))
                            .kid())
                    .isEqualTo("k1");
            this.table.erase("k1");
            assertThat(other.find("k1").orElseThrow().isErased()).isTrue();
        }
    }

    @Test
    void aSchemaOfANewerVersionIsRefused() throws SQLException {
        this.schema.execute("INSERT INTO encryption_schema (version) VALUES (2)");

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(this::opened)
                .withMessageContaining("newer version");
    }

    @Test
    void aServerThatFailsIsNamedAndNothingElse() throws SQLException {
        this.schema.execute("ALTER TABLE encryption_key RENAME TO gone");

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED)))
                .withMessageContaining("table of data keys")
                .withMessageNotContaining("master key made");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE encryption_key SET wrapped = ''",
                "DELETE FROM encryption_key",
                "TRUNCATE encryption_key",
                "INSERT INTO encryption_key VALUES ('k', '', 'm', '')",
                "SELECT * FROM encryption_key_spare",
                "DROP TABLE encryption_key"
            })
    void theRoleThatUsesKeysMayDoNothingElse(String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> this.schema.execute(this.schema.writer(), sql))
                .satisfies(ex -> assertThat(ex.getSQLState()).isEqualTo("42501"));
    }
}

package cloud.enact.encryption.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.KeyTableContract;
import cloud.enact.encryption.WrappedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteKeyTableTests extends KeyTableContract {

    private static final byte[] WRAPPED = "thirty-two or more bytes of a wrapped key".getBytes(StandardCharsets.UTF_8);

    private static final byte[] SUBJECT = "the keyed hash of whose it is".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private SqliteKeyTable table;

    @BeforeEach
    void open() {
        this.table = SqliteKeyTable.open(this.folder.resolve("keys.db"));
    }

    @AfterEach
    void close() {
        this.table.close();
    }

    @Override
    protected KeyTable table() {
        return this.table;
    }

    @Test
    void keysAreThereAfterARestart() {
        this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED));
        this.table.putIfAbsent(new WrappedKey("k2", null, "m1", WRAPPED));
        this.table.erase("k2");

        close();
        open();

        assertThat(this.table.find("k1").orElseThrow().wrapped()).isEqualTo(WRAPPED);
        assertThat(this.table.find("k2").orElseThrow().isErased()).isTrue();
    }

    @Test
    void noFileHoldsAnErasedKey() throws IOException {
        for (int i = 0; i < 50; i++) {
            byte[] other = ("another key " + i).getBytes(StandardCharsets.UTF_8);
            this.table.putIfAbsent(new WrappedKey("other" + i, other, "m1", other));
        }
        this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED));
        assertThat(holding(WRAPPED)).isNotEmpty();

        this.table.erase("k1");

        assertThat(holding(WRAPPED)).isEmpty();
        assertThat(holding(SUBJECT)).isEmpty();
        close();
        assertThat(holding(WRAPPED)).isEmpty();
        open();
    }

    @Test
    void noFileHoldsTheOldWrappingOfAnErasedKey() throws IOException {
        this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED));
        this.table.rewrap(new WrappedKey("k1", SUBJECT, "m2", "anew".getBytes(StandardCharsets.UTF_8)));

        this.table.erase("k1");

        assertThat(holding(WRAPPED)).isEmpty();
    }

    private List<Path> holding(byte[] bytes) throws IOException {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(this.folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> content(file).contains(wanted))
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void twoProcessesShareTheFile() {
        this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED));
        try (SqliteKeyTable other = SqliteKeyTable.open(this.folder.resolve("keys.db"))) {
            assertThat(other.putIfAbsent(new WrappedKey("k2", SUBJECT, "m1", WRAPPED))
                            .kid())
                    .isEqualTo("k1");
            this.table.erase("k1");
            assertThat(other.find("k1").orElseThrow().isErased()).isTrue();
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws IOException {
        this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED));
        try (Stream<Path> files = Files.list(this.folder)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.folder.resolve("keys.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE enact_schema SET version = 2");
        }

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> SqliteKeyTable.open(this.folder.resolve("keys.db")))
                .withMessageContaining("newer version");
    }

    @Test
    void aLinkInThePlaceOfTheFileIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(this.folder.resolve("link.db"), this.folder.resolve("keys.db"));

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> SqliteKeyTable.open(link))
                .withMessageContaining("plain file");
    }

    @Test
    void aFileThatWasTakenAwayTakesNoKey() throws IOException {
        Files.move(this.folder.resolve("keys.db"), this.folder.resolve("elsewhere.db"));

        assertThatExceptionOfType(EncryptionException.class)
                .isThrownBy(() -> this.table.putIfAbsent(new WrappedKey("k1", SUBJECT, "m1", WRAPPED)))
                .withMessageContaining("is not where it was");
    }
}

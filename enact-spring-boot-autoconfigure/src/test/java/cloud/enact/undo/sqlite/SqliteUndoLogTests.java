package cloud.enact.undo.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.HmacUndoSeal;
import cloud.enact.undo.PreState;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogContract;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteUndoLogTests extends UndoLogContract {

    @TempDir
    Path temp;

    private Path file;

    private SqliteUndoLog log;

    @BeforeEach
    void open() {
        this.file = this.temp.resolve("data/enact.db");
        this.log = SqliteUndoLog.open(this.file, new HmacUndoSeal("one"));
    }

    @AfterEach
    void close() {
        this.log.close();
    }

    @Override
    protected UndoLog log() {
        return this.log;
    }

    @Test
    void recordsAreThereAfterReopening() {
        RunId run = run();
        UndoRecord begun = begin(run, "write_file", Map.of("path", "/a"));
        this.log.end(begun.position(), UndoRecord.State.DONE, null);
        this.log.close();

        this.log = SqliteUndoLog.open(this.file, new HmacUndoSeal("one"));

        assertThat(this.log.findByRun(run)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(UndoRecord.State.DONE);
            assertThat(record.digest()).isEqualTo(begun.digest());
        });
        assertThat(begin(run, "next", Map.of()).position()).isGreaterThan(begun.position());
    }

    @Test
    void aPositionIsNotUsedAgainAfterItsRowIsGone() throws SQLException {
        RunId run = run();
        long position = begin(run, "a", Map.of()).position();
        sql("DELETE FROM undo_begun");

        assertThat(begin(run, "b", Map.of()).position()).isGreaterThan(position);
    }

    @Test
    void twoLogsOnOneFileShareThePositions() {
        RunId run = run();

        try (SqliteUndoLog other = SqliteUndoLog.open(this.file, new HmacUndoSeal("one"))) {
            long first = begin(run, "a", Map.of()).position();
            other.end(first, UndoRecord.State.DONE, null);
            long second = other.begin(
                            run,
                            this.ids.next(),
                            "filesystem",
                            "b",
                            Map.of(),
                            Reversibility.REVERSIBLE,
                            new Capture(new PreState(Map.of()), new Fingerprint(Map.of())))
                    .position();
            long third = begin(run, "c", Map.of()).position();

            assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
        }
        assertThat(this.log.findByRun(run)).extracting(UndoRecord::operation).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE undo_begun SET document = replace(document, 'write_file', 'write_fill')",
                "UPDATE undo_begun SET document = document || ' '",
                "UPDATE undo_begun SET document = x''",
                "UPDATE undo_begun SET seal = replace(replace(seal, 'a', 'b'), '1', '2')",
                "UPDATE undo_begun SET seal = ''",
                "UPDATE undo_begun SET document = zeroblob(40000000)",
                "UPDATE undo_ended SET document = replace(document, 'DONE', 'FAIL')",
                "UPDATE undo_ended SET seal = 'x'",
                "UPDATE undo_ended SET document = (SELECT document FROM undo_begun),"
                        + " seal = (SELECT seal FROM undo_begun)"
            })
    void anAlteredRowIsReportedWithItsRunAndPosition(String tampering) throws SQLException {
        RunId run = run();
        long position = begin(run, "write_file", Map.of("path", "/a1")).position();
        this.log.end(position, UndoRecord.State.DONE, null);

        sql(tampering);

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("Record " + position + " of run " + run)
                .hasMessageContaining("altered");
    }

    @Test
    void aRowMovedToAnotherPositionIsReported() throws SQLException {
        RunId run = run();
        long position = begin(run, "a", Map.of()).position();

        sql("UPDATE undo_begun SET position = position + 7");

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("Record " + (position + 7) + " of run " + run);
    }

    @Test
    void aRowMovedToAnotherRunIsReported() throws SQLException {
        begin(run(), "a", Map.of());
        RunId other = run();

        sql("UPDATE undo_begun SET run_id = '" + other + "'");

        assertThatThrownBy(() -> this.log.findByRun(other))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("belongs to another run");
    }

    @Test
    void swappedRowsAreReported() throws SQLException {
        RunId run = run();
        long one = begin(run, "a", Map.of()).position();
        long two = begin(run, "b", Map.of()).position();

        sql("UPDATE undo_begun SET position = -1 WHERE position = " + one);
        sql("UPDATE undo_begun SET position = " + one + " WHERE position = " + two);
        sql("UPDATE undo_begun SET position = " + two + " WHERE position = -1");

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("belongs to another place");
    }

    @Test
    void anEndGivenToAnotherRecordIsReported() throws SQLException {
        RunId run = run();
        begin(run, "a", Map.of());
        long two = begin(run, "b", Map.of()).position();
        this.log.end(two, UndoRecord.State.DONE, null);

        sql("UPDATE undo_ended SET position = position - 1");

        assertThatThrownBy(() -> this.log.findByRun(run))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("altered");
    }

    @Test
    void aRecordSealedWithAnotherKeyIsReported() {
        RunId run = run();
        begin(run, "a", Map.of());

        try (SqliteUndoLog other = SqliteUndoLog.open(this.file, new HmacUndoSeal("two"))) {
            assertThatThrownBy(() -> other.findByRun(run)).isInstanceOf(UndoLogException.class);
        }
    }

    @Test
    void aLostEndLeavesAnIntent() throws SQLException {
        RunId run = run();
        long position = begin(run, "a", Map.of()).position();
        this.log.end(position, UndoRecord.State.DONE, new Fingerprint(Map.of("sha256", "real")));

        sql("DELETE FROM undo_ended");

        assertThat(this.log.findByRun(run)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(UndoRecord.State.INTENT);
            assertThat(record.fingerprint().values()).isEqualTo(Map.of("expected", true));
        });
    }

    @Test
    void aFileOfANewerVersionIsRefusedWithWhatToDo() throws SQLException {
        sql("UPDATE enact_schema SET version = 2 WHERE component = 'undo'");

        assertThatThrownBy(() -> SqliteUndoLog.open(this.file, new HmacUndoSeal("one")))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("upgrade Enact");
    }

    @Test
    void anotherLogInThisJvmHasToWaitForTheClaimsOfTheFirst() throws Exception {
        RunId run = run();
        try (SqliteUndoLog other = SqliteUndoLog.open(this.file, new HmacUndoSeal("one"))) {
            UndoLog.Claim claim = this.log.claim(run).orElseThrow();

            assertThatThrownBy(() -> other.claim(run))
                    .isInstanceOf(UndoLogException.class)
                    .hasMessageContaining("Another application in this JVM");
            assertThatThrownBy(() -> other.claim(run())).isInstanceOf(UndoLogException.class);

            assertThat(this.log.claim(run)).isEmpty();
            claim.close();
            assertThat(other.claim(run)).hasValueSatisfying(UndoLog.Claim::close);
        }
        assertThat(Files.getPosixFilePermissions(this.temp.resolve("data/enact.db.rollback.lock")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aLogOpenedForReadingGivesNoRightToUndo() {
        begin(run(), "a", Map.of());

        try (SqliteUndoLog readable = SqliteUndoLog.openReadOnly(this.file, new HmacUndoSeal("one"))) {
            assertThatThrownBy(() -> readable.claim(run()))
                    .isInstanceOf(UndoLogException.class)
                    .hasMessageContaining("for reading only");
        }
        assertThat(this.temp.resolve("data/enact.db.rollback.lock")).doesNotExist();
    }

    @Test
    void aLogOpenedForReadingShowsStepsAndRefusesNewOnes() {
        RunId run = run();
        begin(run, "write_file", Map.of("path", "/a"));

        try (SqliteUndoLog readable = SqliteUndoLog.openReadOnly(this.file, new HmacUndoSeal("one"))) {
            assertThat(readable.findByRun(run)).hasSize(1);
            assertThatThrownBy(() -> readable.begin(
                            run,
                            this.ids.next(),
                            "filesystem",
                            "b",
                            Map.of(),
                            Reversibility.REVERSIBLE,
                            new Capture(new PreState(Map.of()), new Fingerprint(Map.of()))))
                    .isInstanceOf(UndoLogException.class);
        }
        assertThat(this.log.findByRun(run)).hasSize(1);
    }

    @Test
    void openingForReadingMakesNeitherFileNorTables() throws Exception {
        Path missing = this.temp.resolve("missing.db");
        Path bare = this.temp.resolve("bare.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + bare)) {
            connection.createStatement().execute("CREATE TABLE other (id INTEGER)");
        }
        byte[] before = Files.readAllBytes(bare);

        assertThatThrownBy(() -> SqliteUndoLog.openReadOnly(missing, new HmacUndoSeal("one")))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("no undo log to read");
        try (SqliteUndoLog readable = SqliteUndoLog.openReadOnly(bare, new HmacUndoSeal("one"))) {
            assertThat(readable.findByRun(run())).isEmpty();
        }

        assertThat(missing).doesNotExist();
        assertThat(Files.readAllBytes(bare)).isEqualTo(before);
    }

    @Test
    void aFileOfANewerVersionIsNotReadEither() throws SQLException {
        sql("UPDATE enact_schema SET version = 2 WHERE component = 'undo'");

        assertThatThrownBy(() -> SqliteUndoLog.openReadOnly(this.file, new HmacUndoSeal("one")))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void theSchemaTableIsSharedWithOtherRooms() throws SQLException {
        Path shared = this.temp.resolve("shared.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + shared)) {
            connection
                    .createStatement()
                    .execute("CREATE TABLE enact_schema (component TEXT PRIMARY KEY, version INTEGER)");
            connection.createStatement().execute("INSERT INTO enact_schema VALUES ('receipt', 9)");
        }

        SqliteUndoLog.open(shared, new HmacUndoSeal("one")).close();

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + shared)) {
            var rows = connection
                    .createStatement()
                    .executeQuery("SELECT group_concat(component || version) FROM"
                            + " (SELECT * FROM enact_schema ORDER BY component)");
            assertThat(rows.getString(1)).isEqualTo("receipt9,undo1");
        }
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws IOException {
        begin(run(), "a", Map.of());

        for (String name : List.of("enact.db", "enact.db-wal", "enact.db-shm")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file.resolveSibling(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws IOException {
        Path garbage = Files.writeString(this.temp.resolve("garbage.db"), "not a database at all ".repeat(100));

        assertThatThrownBy(() -> SqliteUndoLog.open(garbage, new HmacUndoSeal("one")))
                .isInstanceOf(UndoLogException.class);
    }

    @Test
    void aLinkOrADirectoryIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(this.temp.resolve("link.db"), this.temp.resolve("elsewhere.db"));

        assertThatThrownBy(() -> SqliteUndoLog.open(link, new HmacUndoSeal("one")))
                .isInstanceOf(UndoLogException.class);
        assertThatThrownBy(() -> SqliteUndoLog.open(this.temp, new HmacUndoSeal("one")))
                .isInstanceOf(UndoLogException.class);
    }

    @Test
    void settingsInThePathAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SqliteUndoLog.open(this.temp.resolve("a.db?synchronous=OFF"), new HmacUndoSeal("one")));
    }

    @Test
    void aClosedLogRefusesSteps() {
        this.log.close();

        assertThatThrownBy(() -> begin(run(), "a", Map.of()))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("the step is not done");
    }

    @Test
    void beginForcesItsCommitToDiskAndEndLeavesThatToTheNext() throws SQLException {
        UndoDatabase database = UndoDatabase.prepare(this.file);

        // 2 is FULL, 1 is NORMAL (sqlite.org/pragma.html#pragma_synchronous)
        try (Connection full = database.connect("FULL");
                Connection normal = database.connect("NORMAL")) {
            assertThat(pragma(full, "synchronous")).isEqualTo("2");
            assertThat(pragma(normal, "synchronous")).isEqualTo("1");
            assertThat(pragma(full, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(full, "busy_timeout")).isEqualTo("10000");
        }
    }

    @Test
    void aProcessThatDiesAfterBeginLeavesTheRecord() throws Exception {
        RunId run = run();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingWriter.class.getName(),
                        this.file.toString(),
                        run.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(child.exitValue()).as(output).isEqualTo(42);
        assertThat(this.log.findByRun(run))
                .extracting(UndoRecord::state)
                .containsExactly(UndoRecord.State.DONE, UndoRecord.State.INTENT);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file)) {
            connection.createStatement().execute(statement);
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        return connection.createStatement().executeQuery("PRAGMA " + name).getString(1);
    }

    /** Begins two steps, ends one, and dies without closing anything. */
    static final class DyingWriter {

        private DyingWriter() {}

        public static void main(String[] args) {
            SqliteUndoLog log = SqliteUndoLog.open(Path.of(args[0]), new HmacUndoSeal("one"));
            RunId run = RunId.parse(args[1]);
            IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());
            Capture capture = new Capture(new PreState(Map.of()), new Fingerprint(Map.of()));
            UndoRecord first = log.begin(run, ids.next(), "fs", "a", Map.of(), Reversibility.REVERSIBLE, capture);
            log.end(first.position(), UndoRecord.State.DONE, null);
            log.begin(run, ids.next(), "fs", "b", Map.of(), Reversibility.REVERSIBLE, capture);
            Runtime.getRuntime().halt(42);
        }
    }
}

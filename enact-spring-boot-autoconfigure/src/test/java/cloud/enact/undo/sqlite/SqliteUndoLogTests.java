package cloud.enact.undo.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.sqlite.DatabaseFile;
import cloud.enact.sqlite.Writer;
import cloud.enact.undo.Capture;
import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.HmacUndoSeal;
import cloud.enact.undo.PreState;
import cloud.enact.undo.StoredUndoLogContract;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoLogException;
import cloud.enact.undo.UndoRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;

class SqliteUndoLogTests extends StoredUndoLogContract {

    @TempDir
    Path temp;

    private Path file;

    @Override
    protected SqliteUndoLog open(String secret) {
        this.file = this.temp.resolve("data/enact.db");
        return SqliteUndoLog.open(this.file, new HmacUndoSeal(secret));
    }

    @Override
    protected void tamper(String... statements) throws SQLException {
        for (String statement : statements) {
            sql(statement);
        }
    }

    @Override
    protected String blank(int size) {
        return "zeroblob(" + size + ")";
    }

    @Override
    protected String replaced(String word, String other) {
        return "replace(document, '" + word + "', '" + other + "')";
    }

    @Override
    protected String document(String text) {
        return "CAST('" + text + "' AS BLOB)";
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
            UndoLog.Claim claim = log().claim(run).orElseThrow();

            assertThatThrownBy(() -> other.claim(run))
                    .isInstanceOf(UndoLogException.class)
                    .hasMessageContaining("Another application in this JVM");
            assertThatThrownBy(() -> other.claim(run())).isInstanceOf(UndoLogException.class);

            assertThat(log().claim(run)).isEmpty();
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
        assertThat(log().findByRun(run)).hasSize(1);
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
        log().close();

        assertThatThrownBy(() -> begin(run(), "a", Map.of()))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("the step is not done");
    }

    @Test
    void beginForcesItsCommitToDiskAndEndLeavesThatToTheNext() {
        DatabaseFile database = UndoTables.prepare(this.file);

        // 2 is FULL, 1 is NORMAL (sqlite.org/pragma.html#pragma_synchronous)
        try (Writer full = new Writer(database, SynchronousMode.FULL, UndoTables.FAILURES);
                Writer normal = new Writer(database, SynchronousMode.NORMAL, UndoTables.FAILURES)) {
            assertThat(pragma(full, "synchronous")).isEqualTo("2");
            assertThat(pragma(normal, "synchronous")).isEqualTo("1");
            assertThat(pragma(full, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(full, "busy_timeout")).isEqualTo("10000");
        }
    }

    @Test
    void aFileThatWasTakenAwayTakesNoStep() throws IOException {
        Files.delete(this.file);

        assertThatThrownBy(() -> begin(run(), "a", Map.of()))
                .isInstanceOf(UndoLogException.class)
                .hasMessageContaining("is not where it was")
                .hasMessageContaining("the step is not done");
    }

    @Test
    void whoReadsWaitsForNoStepThatIsWritten() throws SQLException {
        RunId run = run();
        begin(run, "a", Map.of());
        try (Connection writing = DriverManager.getConnection("jdbc:sqlite:" + this.file)) {
            writing.createStatement().execute("BEGIN IMMEDIATE");

            assertThat(log().findByRun(run)).hasSize(1);
        }
    }

    @Test
    void aProcessThatDiesAfterBeginLeavesTheRecord() throws Exception {
        RunId run = run();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
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
        assertThat(log().findByRun(run))
                .extracting(UndoRecord::state)
                .containsExactly(UndoRecord.State.DONE, UndoRecord.State.INTENT);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file)) {
            connection.createStatement().execute(statement);
        }
    }

    private static String pragma(Writer writer, String name) {
        return writer.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeQuery("PRAGMA " + name).getString(1);
            }
        });
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

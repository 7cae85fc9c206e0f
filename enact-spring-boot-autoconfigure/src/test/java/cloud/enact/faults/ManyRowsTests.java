package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many rows a rollback brings back has nothing to do with the memory of the application, which has 256 MB here. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ManyRowsTests {

    private static final String DIGEST =
            "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(m::text, 0)::numeric), 0) FROM many m";

    @TempDir
    Path folder;

    @Test
    void allRowsOfALargeTableComeBack() throws Exception {
        int rows = Integer.getInteger("enact.faults.rows", 100_000);
        Files.createDirectories(Worker.store(this.folder).getParent());
        try (CrashingServer server = new CrashingServer(this.folder.resolve("server"))) {
            create(server, rows);
            String before = server.text(DIGEST);
            assertThat(before).startsWith(rows + " ");

            Child child = Child.start(this.folder, ManyRowsWorker.class, server.url());
            child.readUntil(Report.DONE, 1);
            assertThat(server.text("SELECT count(*) FROM many")).isEqualTo("0");
            child.goOn();
            child.readUntil(Report.UNDONE, 1);
            child.end();

            assertThat(server.text(DIGEST)).isEqualTo(before);
            System.out.println("Deleted and brought back " + rows + " rows of half a kilobyte with a heap of 256 MB");
        }
    }

    private static void create(CrashingServer server, int rows) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Ledger.TABLES);
            statement.execute("CREATE TABLE many (id int PRIMARY KEY, v text, w numeric)");
            statement.execute("INSERT INTO many SELECT i, repeat(md5(i::text), 16), i / 7.0 FROM generate_series(1, "
                    + rows + ") i");
        }
    }
}

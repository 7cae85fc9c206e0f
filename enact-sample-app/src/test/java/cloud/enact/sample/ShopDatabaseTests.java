package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(OutputCaptureExtension.class)
@DisabledIfSystemProperty(
        named = "enact.test.postgres.url",
        matches = ".+",
        disabledReason = "is about the server that the demo starts")
class ShopDatabaseTests {

    @TempDir
    Path directory;

    @Test
    void theServerAndItsDataAreGoneWhenTheApplicationEnds() throws IOException {
        ShopDatabase database;
        try (ConfigurableApplicationContext context = start()) {
            database = context.getBean(ShopDatabase.class);
            assertThat(serverData()).hasSize(1);
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT count(*) FROM customers", Integer.class))
                    .isEqualTo(47);
        }

        assertThat(serverData()).isEmpty();
        assertThatThrownBy(() -> connect(database.getUsername(), database.getPassword(), database.getJdbcUrl()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void aStartThatFailsLeavesNoServer() throws IOException {
        assertThatThrownBy(() -> start("--enact.signing.secret=short"));

        assertThat(serverData()).isEmpty();
    }

    @Test
    void nobodyLogsInWithoutThePasswordOfThisStart() throws IOException {
        try (ConfigurableApplicationContext context = start()) {
            ShopDatabase database = context.getBean(ShopDatabase.class);

            assertThat(database.getPassword()).hasSizeGreaterThanOrEqualTo(48);
            assertThat(database.getJdbcUrl()).doesNotContain(database.getPassword());
            for (String wrong : new String[] {null, "", "postgres"}) {
                assertThatThrownBy(() -> connect(database.getUsername(), wrong, database.getJdbcUrl()))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password");
            }
            Path programs = SampleStart.DATA.resolve("postgres");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(programs)))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(programs)) {
                assertThat(files).as("and no file with the password").containsExactly(programs.resolve("server"));
            }
        }
    }

    @Test
    void theActsGoAsWellOnANamedServerAndLeaveItAsItWas() throws IOException {
        LocalServer server = LocalServer.begin(SampleStart.DATA, this.directory);
        try {
            PGSimpleDataSource postgres = server.postgres();
            JdbcTemplate jdbc = new JdbcTemplate(postgres);
            jdbc.execute("CREATE ROLE somebody LOGIN CREATEDB PASSWORD 'somebody'");
            List<String> before = databases(jdbc);

            try (ConfigurableApplicationContext context =
                    start("--demo.postgres-url=" + postgres.getURL() + "?user=somebody&password=somebody")) {
                assertThat(databases(jdbc)).hasSize(before.size() + 1);
                assertThat(context.getBean(JdbcTemplate.class)
                                .queryForObject("SELECT current_user || ' in ' || current_database()", String.class))
                        .startsWith("somebody in enact_demo_");
                assertThat(context.getBean(Demo.class).run().line())
                        .isEqualTo("Demo finished: 7 acts, all as expected");
            }

            assertThat(databases(jdbc)).isEqualTo(before);
        } finally {
            server.stop();
        }
    }

    @Test
    void aUrlThatIsNoneIsRefusedWithoutBeingTold(CapturedOutput output) {
        assertThatThrownBy(() -> start("--demo.postgres-url=postgres://me:s3cret@localhost/shop"))
                .hasStackTraceContaining("demo.postgres-url");

        assertThat(output.getAll()).doesNotContain("s3cret");
    }

    @Test
    void aServerThatCannotRunSaysWhatToDoInstead() throws IOException {
        Path noDirectory = Files.createFile(this.directory.resolve("programs"));
        LocalServer server = LocalServer.begin(noDirectory, this.directory);

        assertThatThrownBy(server::postgres).satisfies(ex -> {
            FailureAnalysis analysis = new NoServerFailureAnalyzer().analyze(new IllegalStateException(ex));
            assertThat(analysis.getDescription()).contains("PostgreSQL server can't run here");
            assertThat(analysis.getAction()).contains("DEMO_POSTGRES_URL=jdbc:postgresql://");
        });
        server.stop();
    }

    private ConfigurableApplicationContext start(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("--demo.workspace=" + this.directory.resolve("work"), "--demo.exit=true"),
                        Stream.of(more))
                .toArray(String[]::new);
        return SampleStart.in(this.directory, arguments);
    }

    private List<Path> serverData() throws IOException {
        try (Stream<Path> files = Files.list(this.directory.resolve("work"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("postgres-"))
                    .toList();
        }
    }

    private static List<String> databases(JdbcTemplate jdbc) {
        return jdbc.queryForList("SELECT datname FROM pg_database ORDER BY 1", String.class);
    }

    private static void connect(String user, String password, String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            throw new AssertionError("logged in: " + connection);
        }
    }
}

package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.encryption.KeyTable;
import cloud.enact.encryption.jdbc.JdbcKeyTable;
import cloud.enact.encryption.jdbc.KeySchema;
import cloud.enact.encryption.sqlite.SqliteKeyTable;
import cloud.enact.jdbc.SchemaName;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.SubjectErasure;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.postgres.OwnDatabase;
import cloud.enact.undo.postgres.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Several nodes that keep receipts, undo log and data keys in one PostgreSQL, where nobody can read what they say. */
class EncryptedNodesTests {

    private static final String OLD = "Maria Muster was born in 1970";

    private static final String NEW = "Maria Muster moved to Bern";

    @RegisterExtension
    private final OwnDatabase database = new OwnDatabase("owner", "writer");

    @TempDir
    private Path folder;

    @BeforeEach
    void create() throws Exception {
        Files.createDirectories(this.folder.resolve("desk"));
        Files.writeString(this.folder.resolve("desk/maria.txt"), OLD);
        this.database.execute(
                "GRANT CREATE ON DATABASE " + this.database.name() + " TO " + this.database.role("owner"));
    }

    private ApplicationContextRunner node(String name) {
        String owner = this.database.role("owner");
        String writer = this.database.role("writer");
        return new ApplicationContextRunner()
                .withUserConfiguration(Desk.class)
                .withPropertyValues(this.database.receipts())
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.jdbc.owner.username=" + owner,
                        "enact.receipts.jdbc.owner.password=" + owner,
                        "enact.receipts.file=" + this.folder.resolve(name).resolve("enact.db"),
                        "enact.undo.directory=" + this.folder.resolve("undo"),
                        "enact.receipts.encryption.enabled=true",
                        "enact.receipts.encryption.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                        "enact.filesystem.root=" + this.folder.resolve("desk"),
                        "enact.filesystem.operations=write_file",
                        "spring.datasource.url=" + this.database.urlWithoutUser(),
                        "spring.datasource.username=" + writer,
                        "spring.datasource.password=" + writer);
    }

    private static ActionResult note(ApplicationContext node) {
        return node.getBean(Enact.class).run("desk.note", Actor.of("clerk"), Map.of("customer", "maria", "text", NEW));
    }

    private static String view(ApplicationContext node, RunId run) {
        return node.getBean(ReceiptVerifier.class).view(run).orElseThrow().toJson();
    }

    /** All that anybody may read of the tables and of the directory for content. */
    private String kept() throws SQLException, IOException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = this.database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT convert_from(entry, 'UTF8') FROM enact.receipt_entry"
                        + " UNION ALL SELECT convert_from(document, 'UTF8') FROM enact.undo_begun"
                        + " UNION ALL SELECT convert_from(document, 'UTF8') FROM enact.undo_ended")) {
            while (rows.next()) {
                all.append(rows.getString(1));
            }
        }
        try (Stream<Path> files = Files.walk(this.folder.resolve("undo"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void whatOneNodeEncryptsAnotherOneReadsAndUndoesAndNobodyElse() {
        node("first")
                .run(first -> node("second").run(second -> {
                    assertThat(second).hasNotFailed();
                    assertThat(second.getBean(KeyTable.class)).isInstanceOf(JdbcKeyTable.class);
                    RunId run = note(first).runId();

                    assertThat(view(second, run)).contains(NEW, "decrypted");
                    assertThat(second.getBean(Enact.class).rollback(run).result())
                            .isEqualTo(RollbackResult.ROLLED_BACK);
                    assertThat(this.folder.resolve("desk/maria.txt")).hasContent(OLD);
                    assertThat(kept())
                            .contains("desk.note")
                            .doesNotContain("Muster")
                            .doesNotContain("maria.txt");
                    assertThat(this.folder.resolve("first")).doesNotExist();
                }));
    }

    @Test
    void subjectThatIsErasedOnOneNodeIsErasedOnAll() {
        node("first")
                .run(first -> node("second").run(second -> {
                    RunId run = note(first).runId();
                    assertThat(view(first, run)).contains(NEW);

                    assertThat(second.getBean(SubjectErasure.class).erase("clerk", Actor.of("officer"), "request 17"))
                            .isPresent();

                    assertThat(view(second, run)).contains("erased").doesNotContain("Muster");
                    awaitErased(first, run);
                    assertThat(first.getBean(Enact.class).rollback(run).result())
                            .isEqualTo(RollbackResult.REFUSED);
                    assertThat(first.getBean(ReceiptVerifier.class).verifyAll().valid())
                            .isTrue();
                }));
    }

    /** It forgets the key within a second. */
    private static void awaitErased(ApplicationContext node, RunId run) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (view(node, run).contains("Muster")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void keysMayBeInADatabaseOfTheirOwn() throws SQLException {
        String elsewhere = "keys_" + this.database.name();
        OwnDatabase.onServer("CREATE DATABASE " + elsewhere);
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(PostgresServer.shared().url(elsewhere));
            SchemaName schema = new SchemaName("enact_keys");
            KeySchema.initialize(source, schema);
            node("first")
                    .withBean(KeyTable.class, () -> JdbcKeyTable.open(source, schema, Duration.ofSeconds(10)))
                    .run(context -> {
                        assertThat(view(context, note(context).runId())).contains(NEW, "decrypted");
                        OwnDatabase.execute(
                                elsewhere,
                                "DO $$ BEGIN ASSERT (SELECT count(*) FROM enact_keys.encryption_key) > 0;" + " END $$");
                        this.database.execute("DO $$ BEGIN ASSERT to_regnamespace('enact_keys') IS NULL; END $$");
                    });
        } finally {
            OwnDatabase.onServer("DROP DATABASE " + elsewhere + " WITH (FORCE)");
        }
    }

    @Test
    void fileForTheDataKeysOfOneNodeIsStillTaken() {
        node("first")
                .withPropertyValues("enact.receipts.encryption.data-keys-file=" + this.folder.resolve("keys.db"))
                .run(context -> assertThat(context.getBean(KeyTable.class)).isInstanceOf(SqliteKeyTable.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
    static class Desk {

        @Bean
        Notes notes(FilesystemConnector files) {
            return new Notes(files);
        }
    }

    static class Notes {

        private final FilesystemConnector files;

        Notes(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction("desk.note")
        public void note(String customer, String text) {
            this.files.writeFile(customer + ".txt", text);
        }
    }
}

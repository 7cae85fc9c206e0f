package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.EntryPruner;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import cloud.enact.receipt.jdbc.JdbcWordIndex;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.receipt.search.TextProjection;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.jdbc.JdbcUndoLog;
import cloud.enact.undo.postgres.OwnDatabase;
import cloud.enact.undo.postgres.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** An application that keeps its receipts in PostgreSQL. */
class JdbcReceiptApplicationTests {

    @RegisterExtension
    private final OwnDatabase database = new OwnDatabase("owner", "writer");

    @TempDir
    Path directory;

    private ApplicationContextRunner application(String... properties) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.file=" + this.directory.resolve("enact.db"),
                        "spring.datasource.hikari.maximum-pool-size=1",
                        "spring.datasource.hikari.connection-timeout=2000")
                .withPropertyValues(this.database.receipts())
                .withPropertyValues(properties);
    }

    private static int receipts(ReceiptStore store) {
        return store.query(ReceiptFilter.ofAction("lamp.on"), null, 10)
                .receipts()
                .size();
    }

    @Test
    void callersMayHoldEveryPooledConnection() {
        application().run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(JdbcReceiptStore.class);
            try (Connection held = context.getBean(DataSource.class).getConnection()) {
                assertThat(held.isValid(1)).isTrue();
                assertThat(context.getBean(Enact.class)
                                .run("lamp.on", Actor.of("a"), Map.of())
                                .passed())
                        .isTrue();
                assertThat(receipts(context.getBean(ReceiptStore.class))).isEqualTo(2);
            }
        });
    }

    @Test
    void receiptsOutliveTheTransactionOfTheCaller() {
        application().run(context -> {
            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());
                status.setRollbackOnly();
            });

            assertThat(receipts(context.getBean(ReceiptStore.class))).isEqualTo(2);
        });
    }

    @Test
    void undoLogIsInTheSameDatabaseAndNoFileIsMade() {
        application().run(context -> {
            assertThat(context.getBean(UndoLog.class)).isInstanceOf(JdbcUndoLog.class);
            assertThat(this.directory.resolve("enact.db")).doesNotExist();
        });
    }

    @Test
    void logIsFreeWhenTheApplicationEndsAndTheNextOneGoesOnWithIt() {
        String[] log = new String[1];
        application().run(context -> log[0] = context.getBean(LogLease.class).log());

        application().run(context -> {
            assertThat(context.getBean(ReceiptLog.class).id()).isEqualTo(log[0]);
            assertThat(context.getBean(ReceiptStore.class).logs()).containsExactly(log[0]);
        });
    }

    @Test
    void twoApplicationsAtOnceWriteTwoLogs() {
        application()
                .run(first -> application()
                        .run(second -> assertThat(
                                        second.getBean(ReceiptLog.class).id())
                                .isNotEqualTo(first.getBean(ReceiptLog.class).id())));
    }

    @Test
    void withoutTablesStartUpSaysWhichScriptMakesThem() {
        application("enact.receipts.jdbc.initialize-schema=never")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("initialize-schema=always")
                        .hasMessageContaining("postgresql-1.sql"));
    }

    @Test
    void dataSourceThatIsMarkedIsTakenAndNoOther() {
        application("spring.datasource.url=jdbc:h2:mem:business", "spring.datasource.username=sa")
                .withUserConfiguration(OwnDataSource.class)
                .withPropertyValues("test.url=" + this.database.url())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());
                    assertThat(receipts(context.getBean(ReceiptStore.class))).isEqualTo(2);
                });
    }

    @Test
    void wordsAreIndexedWithConnectionsOfTheirOwn() {
        application("enact.receipts.search.enabled=true").run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(JdbcWordIndex.class);
            context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());

            assertThat(context.getBean(TextProjection.class).catchUp()).isGreaterThanOrEqualTo(0);
            assertThat(context.getBean(ReceiptSearch.class).progress().behind()).isZero();
        });
    }

    @Test
    void otherDatabasesAreRefused() {
        application("spring.datasource.url=jdbc:h2:mem:business", "spring.datasource.username=sa")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(EnactStartupException.class)
                        .hasMessageContaining("no PostgreSQL"));
    }

    @Test
    void dataSourceThatKeepsItsSettingsToItselfLendsOneConnection() {
        application()
                .withUserConfiguration(SecretiveDataSource.class)
                .withPropertyValues("test.url=" + this.database.url())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());
                    assertThat(receipts(context.getBean(ReceiptStore.class))).isEqualTo(2);
                });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aConnectionThatIsLentToTheIndexOfWordsIsToldAsWell(CapturedOutput output) {
        application("enact.receipts.search.enabled=true")
                .withUserConfiguration(SecretiveDataSource.class)
                .withPropertyValues("test.url=" + this.database.url())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("one of its connections is kept for the index of words");
                    context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());
                    context.getBean(TextProjection.class).catchUp();
                    assertThat(context.getBean(ReceiptSearch.class).progress().behind())
                            .isZero();
                });
    }

    @Test
    void aSchemaWithoutRoomForAnotherBesideItIsRefusedWithWhatToDo() {
        application("enact.receipts.search.enabled=true", "enact.receipts.jdbc.schema=" + "s".repeat(60))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("_search")
                        .hasStackTraceContaining("63 bytes"));
    }

    @Test
    void serverThatIsGoneIsNamedWithoutThePassword() {
        application("spring.datasource.url=jdbc:postgresql://localhost:1/gone", "spring.datasource.password=sesame-42")
                .run(context -> assertThat(context)
                        .getFailure()
                        .satisfies(failure -> assertThat(failure).rootCause().isNotNull())
                        .hasStackTraceContaining("can't be reached")
                        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("sesame-42")));
    }

    @Test
    void aDatabaseThatIsNotThereIsNoServerThatIsGone() {
        application("spring.datasource.url=" + PostgresServer.shared().url("no_such_database"))
                .run(context ->
                        assertThat(context).getFailure().hasStackTraceContaining("no database of the name in the URL"));
    }

    @Test
    void aRoleThatIsNotLetInIsNoServerThatIsGone() {
        String url = this.database.url().replaceFirst("[?].*", "");
        application("spring.datasource.url=" + url, "spring.datasource.username=no_such_role")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("does not let this role in (SQL state 28"));
    }

    @Test
    void receiptsAreNotCapturedWhereRowsAreProtected() throws SQLException {
        this.database.execute("CREATE TABLE customer (id bigint PRIMARY KEY, name text)");
        application("enact.postgres.protect=public.customer", "enact.postgres.capture-schema=create")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());
                    assertThat(receipts(context.getBean(ReceiptStore.class))).isEqualTo(2);
                });
    }

    @Test
    void receiptsBelongToARoleOfTheirOwnAndOldOnesGoByIt() throws SQLException {
        String owner = this.database.role("owner");
        String writer = this.database.role("writer");
        this.database.execute("GRANT CREATE ON DATABASE " + this.database.name() + " TO " + owner);
        application(
                        "spring.datasource.username=" + writer,
                        "spring.datasource.password=" + writer,
                        "spring.datasource.url=" + this.database.urlWithoutUser(),
                        "enact.receipts.jdbc.owner.username=" + owner,
                        "enact.receipts.jdbc.owner.password=" + owner,
                        "enact.receipts.jdbc.retention=365d")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());
                    assertThat(receipts(context.getBean(ReceiptStore.class))).isEqualTo(2);
                    assertThat(prune(context.getBean(EntryPruner.class))).isEmpty();
                    this.database.execute("SET ROLE " + owner + "; SELECT enact.receipt_add_partition('2021-03-01')");

                    assertThat(prune(context.getBean(EntryPruner.class))).containsExactly("receipt_entry_2021_03");
                });
    }

    private static List<String> prune(EntryPruner pruner) {
        return pruner.prune(Duration.ofDays(365), Actor.of("a")).dropped();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration")
    static class Application {

        @Bean
        Lamp lamp() {
            return new Lamp();
        }
    }

    static class Lamp {

        @EnactAction("lamp.on")
        public void on() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDataSource {

        @Bean(defaultCandidate = false)
        @EnactDataSource
        DataSource receipts(Environment environment) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl(environment.getRequiredProperty("test.url"));
            dataSource.setUsername("postgres");
            dataSource.setMaximumPoolSize(1);
            return dataSource;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecretiveDataSource {

        @Bean
        DataSource secretive(Environment environment) {
            String url = environment.getRequiredProperty("test.url");
            return new AbstractDataSource() {
                @Override
                public Connection getConnection() throws SQLException {
                    return DriverManager.getConnection(url);
                }

                @Override
                public Connection getConnection(String username, String password) throws SQLException {
                    return getConnection();
                }
            };
        }
    }
}

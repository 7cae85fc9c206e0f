package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSink;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.anchor.FileCheckpointSink;
import cloud.enact.receipt.anchor.LogCheckpointSink;
import cloud.enact.receipt.anchor.SomeCheckpoints;
import cloud.enact.receipt.anchor.git.GitCheckpointSink;
import cloud.enact.receipt.anchor.postgres.PostgresCheckpointSink;
import cloud.enact.receipt.anchor.webhook.WebhookCheckpointSink;
import cloud.enact.undo.postgres.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The places that remember checkpoints, as an application configures them. */
class CheckpointSinkTests {

    private static final String SINKS = "enact.receipts.checkpoints.sinks.";

    @TempDir
    private Path folder;

    private ApplicationContextRunner application(String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(EnactReceiptAutoConfiguration.class, EnactAnchorAutoConfiguration.class))
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.file=" + this.folder.resolve("enact.db"))
                .withPropertyValues(properties);
    }

    private static List<String> names(ApplicationContext context) {
        return context.getBeansOfType(CheckpointSink.class).values().stream()
                .map(CheckpointSink::name)
                .sorted()
                .toList();
    }

    @Test
    void aFileBesideTheStoreAndTheLogRememberUnlessSomebodySaysOtherwise() {
        application().run(context -> {
            assertThat(names(context)).containsExactly("file", "log");
            context.getBean(FileCheckpointSink.class).accept(SomeCheckpoints.of("orders", 3));
            assertThat(this.folder.resolve("checkpoints.txt")).exists();
        });
        application(SINKS + "file.enabled=false", SINKS + "log.enabled=false")
                .run(context -> assertThat(names(context)).isEmpty());
        application(SINKS + "file.path=" + this.folder.resolve("elsewhere.txt")).run(context -> {
            context.getBean(FileCheckpointSink.class).accept(SomeCheckpoints.of("orders", 3));
            assertThat(this.folder.resolve("elsewhere.txt")).exists();
        });
    }

    @Test
    void everyPlaceThatIsNamedIsAdded() {
        application(
                        SINKS + "webhook.url=https://example.org/checkpoints",
                        SINKS + "webhook.headers.Authorization=Bearer secret-word",
                        SINKS + "postgres.url=" + PostgresServer.shared().url("postgres"),
                        SINKS + "git.directory=" + this.folder.resolve("anchors.git"))
                .run(context -> {
                    assertThat(names(context)).containsExactly("file", "git", "log", "postgres", "webhook");
                    assertThat(context).hasSingleBean(WebhookCheckpointSink.class);
                    GitCheckpointSink git = context.getBean(GitCheckpointSink.class);
                    git.accept(SomeCheckpoints.of("orders", 3));
                    assertThat(SomeCheckpoints.notes(git)).hasSize(1);
                });
    }

    @Test
    void theServerOfTheReceiptsIsRefusedAsAPlaceForCheckpoints() {
        String url = PostgresServer.shared().url("postgres");
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        EnactJdbcReceiptAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactAnchorAutoConfiguration.class))
                .withBean(DataSource.class, () -> new DriverManagerDataSource(url))
                .withPropertyValues(
                        "enact.signing.secret=a secret of more than 32 characters, for tests",
                        "enact.receipts.store=jdbc",
                        "enact.receipts.jdbc.initialize-schema=always",
                        "enact.receipts.jdbc.schema=anchor_tests",
                        "enact.receipts.file=" + this.folder.resolve("enact.db"),
                        SINKS + "postgres.url=" + url)
                .run(context -> assertThatExceptionOfType(ReceiptStoreException.class)
                        .isThrownBy(() ->
                                context.getBean(PostgresCheckpointSink.class).accept(SomeCheckpoints.of("orders", 3)))
                        .withMessageContaining("another PostgreSQL server"));
    }

    @Test
    void aDataSourceMayBeNamed() {
        application(SINKS + "postgres.data-source=anchors")
                .withUserConfiguration(Anchors.class)
                .run(context -> assertThat(context).hasSingleBean(PostgresCheckpointSink.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Anchors {

        @Bean
        DataSource anchors() {
            return new DriverManagerDataSource(PostgresServer.shared().url("postgres"));
        }
    }

    @Test
    void anApplicationsOwnPlacesAreAddedAndReplaceTheirKind() {
        application().withUserConfiguration(Own.class).run(context -> {
            assertThat(names(context)).containsExactly("file", "log", "own");
            assertThat(context).hasSingleBean(LogCheckpointSink.class).hasSingleBean(FileCheckpointSink.class);
            assertThat(context.getBean(FileCheckpointSink.class)).isSameAs(context.getBean("ownFile"));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        CheckpointSink own() {
            return new Named("own");
        }

        @Bean
        FileCheckpointSink ownFile() {
            return new FileCheckpointSink(Path.of("never-written"));
        }
    }

    private record Named(String name) implements CheckpointSink {

        @Override
        public void accept(Checkpoint checkpoint) {
            // remembers nothing
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook.url=http://example.org/?token=secret-word   |             | begin with https",
                "webhook.url=https://example.org/?token=secret-word  | webhook.secret=secret-word | at least 24 bytes",
                "webhook.url=https://example.org/                    | webhook.timeout=0s | must be positive",
                "webhook.url=https://example.org/ | webhook.secret=${NO_SUCH_VARIABLE_ANYWHERE} | has no value for",
                "webhook.url=https://example.org/ | webhook.headers.x-key=${NO_SUCH_VARIABLE_ANYWHERE} | has no value for",
                "postgres.url=jdbc:mysql://secret-word@example.org/x | | not one of PostgreSQL",
                "postgres.data-source=nobody | | no DataSource bean 'nobody'",
                "postgres.data-source=nobody | postgres.url=jdbc:postgresql:x | both a url and a data-source",
                "git.directory=anchors.git | git.remote=https://secret-word@example.org/x.git | must not hold user",
            })
    void aMistakeStopsTheApplicationAndTellsNoSecret(String first, String second, String message) {
        application(SINKS + first, SINKS + ((second != null) ? second : "log.enabled=true"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .satisfies(ex -> assertThat(stack(ex)).doesNotContain("secret-word")));
        application(SINKS + first, SINKS + ((second != null) ? second : "log.enabled=true"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .satisfies(ex -> assertThat(startupFailure(ex))
                                .hasMessageContaining(message)
                                .satisfies(failure ->
                                        assertThat(failure.getAction()).isNotEmpty())));
    }

    private static String stack(Throwable ex) {
        StringWriter text = new StringWriter();
        ex.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static EnactStartupException startupFailure(Throwable ex) {
        for (Throwable each = ex; each != null; each = each.getCause()) {
            if (each instanceof EnactStartupException failure) {
                return failure;
            }
        }
        throw new AssertionError("No start-up failure with a remedy", ex);
    }

    @ParameterizedTest
    @CsvSource({
        "git.directory=anchors.git, org.eclipse.jgit, JGit is not on the class path",
        "postgres.url=jdbc:postgresql:x, org.postgresql, driver is not on the class path"
    })
    void aPlaceWithoutItsLibraryStopsTheApplication(String property, String library, String message) {
        application(SINKS + property)
                .withClassLoader(new FilteredClassLoader(library))
                .run(context ->
                        assertThat(startupFailure(context.getStartupFailure())).hasMessageContaining(message));
    }
}

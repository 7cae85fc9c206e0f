package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.anchor.FileCheckpointSink;
import cloud.enact.receipt.anchor.LogCheckpointSink;
import cloud.enact.receipt.anchor.git.GitCheckpointSink;
import cloud.enact.receipt.anchor.git.GitOptions;
import cloud.enact.receipt.anchor.postgres.PostgresCheckpointSink;
import cloud.enact.receipt.anchor.webhook.WebhookCheckpointSink;
import cloud.enact.receipt.jdbc.JdbcReceiptStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the places outside the receipt store that remember checkpoints. */
@AutoConfiguration
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactAnchorAutoConfiguration {

    private static final String SINKS = "enact.receipts.checkpoints.sinks.";

    private static CheckpointSinkProperties sinks(EnactProperties properties) {
        return properties.receipts().checkpoints().sinks();
    }

    private static EnactStartupException unusable(String sink, IllegalArgumentException ex) {
        return new EnactStartupException(
                "The checkpoints can't be sent: of " + SINKS + sink + ", " + ex.getMessage(),
                "Correct what is below " + SINKS + sink + ", or remove it.",
                ex);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = SINKS + "file.enabled", matchIfMissing = true)
    FileCheckpointSink enactFileCheckpointSink(EnactProperties properties) {
        Path path = sinks(properties).file().path();
        return new FileCheckpointSink(
                (path != null) ? path : properties.receipts().file().resolveSibling("checkpoints.txt"));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = SINKS + "log.enabled", matchIfMissing = true)
    LogCheckpointSink enactLogCheckpointSink() {
        return new LogCheckpointSink();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = SINKS + "webhook.url")
    WebhookCheckpointSink enactWebhookCheckpointSink(EnactProperties properties, @Qualifier("enactClock") Clock clock) {
        try {
            return new WebhookCheckpointSink(
                    sinks(properties).webhook().options("The webhook of checkpoints", SINKS + "webhook"), clock);
        } catch (IllegalArgumentException ex) {
            throw unusable("webhook", ex);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.postgresql.ds.PGSimpleDataSource")
    @Conditional(OnPostgres.class)
    static class Postgres {

        @Bean
        @ConditionalOnMissingBean
        PostgresCheckpointSink enactPostgresCheckpointSink(
                EnactProperties properties, ObjectProvider<JdbcReceiptStore> store, BeanFactory beans) {
            CheckpointSinkProperties.Postgres postgres = sinks(properties).postgres();
            return new PostgresCheckpointSink(
                    dataSource(postgres, beans),
                    () -> Optional.ofNullable(store.getIfAvailable()).map(JdbcReceiptStore::server),
                    postgres.initialize(),
                    postgres.timeout());
        }

        private static DataSource dataSource(CheckpointSinkProperties.Postgres postgres, BeanFactory beans) {
            String name = postgres.dataSource();
            if (name != null && postgres.url() != null) {
                throw new EnactStartupException(
                        "The checkpoints can't be sent: " + SINKS + "postgres has both a url and a data-source",
                        "Remove one of them.");
            }
            if (name != null) {
                try {
                    return beans.getBean(name, DataSource.class);
                } catch (NoSuchBeanDefinitionException ex) {
                    throw new EnactStartupException(
                            "The checkpoints can't be sent: there is no DataSource bean '" + name + "'",
                            "Correct " + SINKS + "postgres.data-source.",
                            ex);
                }
            }
            int seconds = (int) Math.max(1, postgres.timeout().toSeconds());
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            try {
                dataSource.setURL(Objects.requireNonNull(postgres.url()));
            } catch (IllegalArgumentException ex) {
                // the message of the driver holds the address, and that may hold a password
                throw unusable("postgres", new IllegalArgumentException("the url is not one of PostgreSQL"));
            }
            if (postgres.username() != null) {
                dataSource.setUser(postgres.username());
            }
            if (postgres.password() != null) {
                dataSource.setPassword(postgres.password());
            }
            dataSource.setConnectTimeout(seconds);
            // a statement ends before the connection is given up
            dataSource.setSocketTimeout(2 * seconds);
            dataSource.setApplicationName("enact-checkpoints");
            return dataSource;
        }
    }

    static final class OnPostgres extends AnyNestedCondition {

        OnPostgres() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = SINKS + "postgres.url")
        static final class Url {}

        @ConditionalOnProperty(name = SINKS + "postgres.data-source")
        static final class Named {}
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.eclipse.jgit.lib.Repository")
    @ConditionalOnProperty(name = SINKS + "git.directory")
    static class Git {

        @Bean
        @ConditionalOnMissingBean
        GitCheckpointSink enactGitCheckpointSink(EnactProperties properties) {
            CheckpointSinkProperties.Git git = sinks(properties).git();
            try {
                return new GitCheckpointSink(new GitOptions(
                        Objects.requireNonNull(git.directory()),
                        git.remote(),
                        git.username(),
                        git.token(),
                        git.timeout()));
            } catch (IllegalArgumentException ex) {
                throw unusable("git", ex);
            }
        }
    }

    /** A sink that is configured and can't be made would be a place less that remembers, unnoticed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = SINKS + "git.directory")
    @ConditionalOnMissingClass("org.eclipse.jgit.lib.Repository")
    static class NoGit {

        NoGit() {
            throw new EnactStartupException(
                    "Checkpoints can't be committed to git: JGit is not on the class path",
                    "Add the dependency org.eclipse.jgit:org.eclipse.jgit, or remove " + SINKS + "git.");
        }
    }

    /** The same for PostgreSQL. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnPostgres.class)
    @ConditionalOnMissingClass("org.postgresql.ds.PGSimpleDataSource")
    static class NoPostgres {

        NoPostgres() {
            throw new EnactStartupException(
                    "Checkpoints can't be kept in PostgreSQL: its driver is not on the class path",
                    "Add the dependency org.postgresql:postgresql, or remove " + SINKS + "postgres.");
        }
    }
}

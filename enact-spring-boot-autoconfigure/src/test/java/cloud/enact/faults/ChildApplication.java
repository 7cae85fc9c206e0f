package cloud.enact.faults;

import cloud.enact.autoconfigure.EnactAnchorAutoConfiguration;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactEncryptionAutoConfiguration;
import cloud.enact.autoconfigure.EnactFilesystemAutoConfiguration;
import cloud.enact.autoconfigure.EnactJdbcEncryptionAutoConfiguration;
import cloud.enact.autoconfigure.EnactJdbcReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactJdbcUndoAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactPostgresAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRecoveryAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** An application as a child runs it, or the test that comes after: all that the starter brings, and no web. */
final class ChildApplication {

    private final Class<?> configuration;

    private final List<String> properties =
            new ArrayList<>(List.of("enact.signing.secret=" + Worker.SECRET, "enact.recovery.startup=off"));

    private BeanPostProcessor faults = new BeanPostProcessor() {};

    ChildApplication(Class<?> configuration) {
        this.configuration = configuration;
    }

    ChildApplication with(String... properties) {
        this.properties.addAll(List.of(properties));
        return this;
    }

    /** Keeps receipts, and what undoing needs, in a database. */
    ChildApplication sharing(String url, String lease) {
        return with(
                "enact.receipts.store=jdbc",
                "enact.receipts.jdbc.initialize-schema=always",
                "enact.receipts.jdbc.lease=" + lease,
                "test.url=" + url);
    }

    /** Makes checkpoints often, so that many a death is in the middle of one. */
    ChildApplication withManyCheckpoints() {
        return with("enact.receipts.checkpoints.entries=20", "enact.receipts.checkpoints.interval=100ms");
    }

    ChildApplication befallenBy(BeanPostProcessor faults) {
        this.faults = faults;
        return this;
    }

    ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(this.configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(context -> context.getBeanFactory().addBeanPostProcessor(this.faults))
                .properties(this.properties.toArray(String[]::new))
                .run();
    }

    /** What the starter brings along, without the rest of the tests' class path. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @ImportAutoConfiguration({
        ToolCallingAutoConfiguration.class,
        EnactAutoConfiguration.class,
        EnactPolicyAutoConfiguration.class,
        EnactJdbcReceiptAutoConfiguration.class,
        EnactJdbcUndoAutoConfiguration.class,
        EnactJdbcEncryptionAutoConfiguration.class,
        EnactEncryptionAutoConfiguration.class,
        EnactReceiptAutoConfiguration.class,
        EnactAnchorAutoConfiguration.class,
        EnactPostgresAutoConfiguration.class,
        EnactRollbackAutoConfiguration.class,
        EnactRecoveryAutoConfiguration.class,
        EnactFilesystemAutoConfiguration.class
    })
    @interface WithStarter {}

    /** The data source of {@code test.url}. */
    @Configuration(proxyBeanMethods = false)
    static class Database {

        @Bean
        HikariDataSource dataSource(Environment environment) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl(environment.getRequiredProperty("test.url"));
            dataSource.setMaximumPoolSize(environment.getProperty("test.pool", Integer.class, 4));
            dataSource.setConnectionTimeout(environment.getProperty("test.wait", Long.class, 30_000L));
            return dataSource;
        }
    }
}

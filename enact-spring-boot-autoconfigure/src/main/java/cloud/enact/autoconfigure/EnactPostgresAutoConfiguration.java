package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.actuate.endpoint.CaptureHealthIndicator;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.UndoPruner;
import cloud.enact.undo.GovernedActions;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Auto-configuration of undo for rows in PostgreSQL, where tables are to be protected or changed by a connector. */
@AutoConfiguration(
        after = EnactAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        before = EnactRollbackAutoConfiguration.class)
@ConditionalOnClass(name = "org.postgresql.Driver", value = DataSource.class)
@Conditional(OnProtectedTables.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactPostgresAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardedDataSources enactGuardedDataSources(
            ObjectProvider<EnactProperties> properties,
            ObjectProvider<GovernedActions> actions,
            ObjectProvider<StepExecutor> steps) {
        return new GuardedDataSources(properties, actions, steps);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static RowsUndoRegistrar enactRowsUndoRegistrar() {
        return new RowsUndoRegistrar();
    }

    @Bean
    GuardVerifier enactGuardVerifier(CaptureDatabases databases) {
        return new GuardVerifier(databases);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PostgresConnectorRegistrar enactPostgresConnectorRegistrar(Environment environment) {
        return new PostgresConnectorRegistrar(environment);
    }

    @Bean
    CaptureDatabases enactCaptureDatabases(EnactProperties properties, ListableBeanFactory beans) {
        return new CaptureDatabases(properties.postgres(), beans);
    }

    @Bean
    CaptureSchemaVerifier enactCaptureSchemaVerifier(EnactProperties properties, CaptureDatabases databases) {
        return new CaptureSchemaVerifier(properties.postgres(), databases);
    }

    @Bean
    UndoPruner enactUndoPruner(
            ReceiptStore store,
            ReceiptLog receipts,
            UndoLog undoLog,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        return new UndoPruner(store, receipts, undoLog, ids, clock);
    }

    @Bean
    ScheduledPruning enactScheduledPruning(EnactProperties properties, CaptureDatabases databases, UndoPruner pruner) {
        return new ScheduledPruning(properties.postgres(), databases, pruner);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.health.contributor.HealthIndicator",
                "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
            })
    static class Health {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnEnabledHealthIndicator("enactPostgres")
        CaptureHealthIndicator enactPostgresHealthIndicator(CaptureDatabases databases) {
            return new CaptureHealthIndicator(new CaptureProblems(databases));
        }
    }
}

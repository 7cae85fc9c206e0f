package cloud.enact.autoconfigure;

import cloud.enact.connector.postgres.PostgresConnector;
import cloud.enact.connector.postgres.PostgresConnectorBuilder;
import cloud.enact.connector.postgres.PostgresLimits;
import cloud.enact.connector.postgres.RowsUndo;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.StepExecutor;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/** Adds the connectors for rows that are configured. */
final class PostgresConnectorRegistrar extends ConnectorRegistrar<PostgresConnector> {

    PostgresConnectorRegistrar(Environment environment) {
        super(environment, "postgres", PostgresConnector.class);
    }

    /** The key is all of it. */
    @Override
    String name(String key) {
        return key;
    }

    @Override
    PostgresConnector connector(ConfigurableListableBeanFactory beans, String key, String name) {
        ConnectorStartup startup = new ConnectorStartup(name, "enact.postgres.connectors." + key);
        EnactProperties.Postgres properties =
                beans.getBean(EnactProperties.class).postgres();
        EnactProperties.PostgresConnectorEntry entry = ConnectorStartup.entry(properties.connectors(), key);
        String source = dataSource(beans, name, entry.dataSource());
        DataSource dataSource = beans.getBean(source, DataSource.class);
        boolean transactions = ClassUtils.isPresent("org.springframework.jdbc.datasource.DataSourceUtils", null);
        RowsUndo undo = undo(beans, name, transactions ? Transactional.behind(dataSource) : dataSource);
        try {
            PostgresConnectorBuilder builder = transactions
                    ? Transactional.connector(dataSource, undo)
                    : PostgresConnector.database(dataSource, undo);
            return builder.name(name)
                    .operations(entry.operations())
                    .tables(entry.tables())
                    .limits(new PostgresLimits(
                            entry.maxRows(), Math.toIntExact(entry.maxSize().toBytes())))
                    .lockTimeout(properties.lockTimeout())
                    .build(beans.getBean(StepExecutor.class));
        } catch (IllegalArgumentException | ArithmeticException ex) {
            throw startup.wrong(ex);
        }
    }

    /** The way back for a database belongs to the data source that reaches it itself. */
    private static RowsUndo undo(ConfigurableListableBeanFactory beans, String connector, DataSource source) {
        return Arrays.stream(beans.getBeanNamesForType(DataSource.class, true, false))
                .filter(name -> beans.getBean(name) == source)
                .map(name -> beans.getBean(RowsUndoRegistrar.PREFIX + name))
                .filter(RowsUndo.class::isInstance)
                .map(RowsUndo.class::cast)
                .findFirst()
                .orElseThrow(() -> new EnactStartupException(
                        "The connector '" + connector
                                + "' can't work: its data source leads to others, and nobody can tell which",
                        "Set enact.postgres.connectors." + connector + ".data-source to one that is a database."));
    }

    private static String dataSource(
            ConfigurableListableBeanFactory beans, String connector, @Nullable String configured) {
        String[] names = beans.getBeanNamesForType(DataSource.class, true, false);
        if (configured == null && names.length == 1) {
            return names[0];
        }
        for (String name : names) {
            boolean primary = beans.containsBeanDefinition(name)
                    && beans.getBeanDefinition(name).isPrimary();
            if ((configured != null) ? name.equals(configured) : primary) {
                return name;
            }
        }
        throw new EnactStartupException(
                "Nobody can tell which database the connector '" + connector + "' works on: there are the data sources "
                        + List.of(names),
                "Set enact.postgres.connectors." + connector + ".data-source to one of them.");
    }

    /** Only loaded where spring-jdbc is. */
    private static final class Transactional {

        /** The data source whose connections it hands out. */
        static DataSource behind(DataSource dataSource) {
            return (dataSource instanceof DelegatingDataSource delegating && delegating.getTargetDataSource() != null)
                    ? behind(delegating.getTargetDataSource())
                    : dataSource;
        }

        static PostgresConnectorBuilder connector(DataSource dataSource, RowsUndo undo) {
            return PostgresConnector.database(new TransactionAwareDataSourceProxy(dataSource), undo)
                    .joining(() -> TransactionSynchronizationManager.hasResource(dataSource));
        }
    }
}

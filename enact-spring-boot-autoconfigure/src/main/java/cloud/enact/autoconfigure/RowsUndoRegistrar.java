package cloud.enact.autoconfigure;

import cloud.enact.connector.postgres.RowsUndo;
import cloud.enact.receipt.Masking;
import cloud.enact.undo.postgres.RowRestore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Adds the way back for every database there is. */
final class RowsUndoRegistrar implements BeanDefinitionRegistryPostProcessor {

    /** What stands before the name of the data source in the name of its bean. */
    static final String PREFIX = "enactRowsUndo.";

    private static final int SHOWN_CONFLICTS = 20;

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ListableBeanFactory beans = (ListableBeanFactory) registry;
        for (String name : beans.getBeanNamesForType(DataSource.class, true, false)) {
            registry.registerBeanDefinition(
                    PREFIX + name, new RootBeanDefinition(RowsUndo.class, () -> undo(beans, name)));
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // the registry is all this is about
    }

    /** Nothing for what only leads to other data sources, which is not known before it is made. */
    private static @Nullable RowsUndo undo(ListableBeanFactory beans, String name) {
        DataSource source = beans.getBean(name, DataSource.class);
        if (GuardedDataSources.leadsToGuarded(source)) {
            return null;
        }
        EnactProperties.Postgres properties =
                beans.getBean(EnactProperties.class).postgres();
        ShownValues values = new ShownValues(beans.getBean(Masking.class), properties.showColumns());
        return new RowsUndo(
                name,
                CaptureDatabases.owner(properties, name, source),
                new RowRestore(properties.lockTimeout(), SHOWN_CONFLICTS, values::withoutSecrets),
                values);
    }
}

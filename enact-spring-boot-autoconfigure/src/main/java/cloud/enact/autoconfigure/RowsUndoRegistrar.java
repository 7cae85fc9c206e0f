package cloud.enact.autoconfigure;

import cloud.enact.connector.postgres.RowsUndo;
import cloud.enact.receipt.Masking;
import cloud.enact.undo.postgres.RowRestore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;

/** Adds the way back for every data source there is. */
final class RowsUndoRegistrar implements BeanDefinitionRegistryPostProcessor {

    private static final int SHOWN_CONFLICTS = 20;

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ListableBeanFactory beans = (ListableBeanFactory) registry;
        for (String name : beans.getBeanNamesForType(DataSource.class, true, false)) {
            registry.registerBeanDefinition(
                    "enactRowsUndo." + name, new RootBeanDefinition(RowsUndo.class, () -> undo(beans, name)));
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // the registry is all this is about
    }

    private static RowsUndo undo(ListableBeanFactory beans, String name) {
        EnactProperties.Postgres properties =
                beans.getBean(EnactProperties.class).postgres();
        ShownValues values = new ShownValues(beans.getBean(Masking.class), properties.showColumns());
        return new RowsUndo(
                name,
                CaptureDatabases.owner(properties, name, beans.getBean(name, DataSource.class)),
                new RowRestore(properties.lockTimeout(), SHOWN_CONFLICTS, values::withoutSecrets),
                values);
    }
}

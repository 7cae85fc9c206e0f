package cloud.enact.autoconfigure;

import cloud.enact.connector.http.HttpConnector;
import cloud.enact.policy.builtin.crm.ContactLookup;
import cloud.enact.undo.BlobStore;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Adds a look-up of contacts where a connector allows {@code find_contact}, unless the application has its own. */
final class ContactLookupRegistrar implements BeanDefinitionRegistryPostProcessor {

    private static final String NAME = "enactContactLookup";

    private final Environment environment;

    ContactLookupRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
        List<String> connectors = Binder.get(this.environment)
                .bind(HttpConnectorRegistrar.KEY, Bindable.mapOf(String.class, HttpProperties.Connector.class))
                .orElse(Map.of())
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().operations().contains(FoundContacts.OPERATION))
                .map(Map.Entry::getKey)
                .toList();
        if (!connectors.isEmpty() && beans.getBeanNamesForType(ContactLookup.class, true, false).length == 0) {
            registry.registerBeanDefinition(
                    NAME, new RootBeanDefinition(ContactLookup.class, () -> lookup(beans, connectors)));
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // the registry is all this is about
    }

    private static ContactLookup lookup(ConfigurableListableBeanFactory beans, List<String> connectors) {
        return new FoundContacts(
                beans.getBeansOfType(HttpConnector.class).values().stream()
                        .filter(connector -> connectors.contains(connector.name()))
                        .toList(),
                beans.getBean(BlobStore.class));
    }
}

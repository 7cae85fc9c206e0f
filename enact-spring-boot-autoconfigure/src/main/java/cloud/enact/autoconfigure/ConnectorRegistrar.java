package cloud.enact.autoconfigure;

import cloud.enact.connector.Connector;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Adds the connectors of one kind that are configured under {@code enact.<kind>.connectors}; a connector's name is its
 * qualifier.
 *
 * @param <C> type of the connectors
 */
abstract class ConnectorRegistrar<C extends Connector> implements BeanDefinitionRegistryPostProcessor {

    private final Environment environment;

    private final String kind;

    private final Class<C> type;

    ConnectorRegistrar(Environment environment, String kind, Class<C> type) {
        this.environment = environment;
        this.kind = kind;
        this.type = type;
    }

    /**
     * The name of the connector under a key.
     *
     * @param key its key in the configuration
     */
    String name(String key) {
        return key.equals(this.kind) ? key : this.kind + "." + key;
    }

    /**
     * Makes a connector.
     *
     * @param beans what it may need
     * @param key its key in the configuration
     * @param name its name
     */
    abstract C connector(ConfigurableListableBeanFactory beans, String key, String name);

    @Override
    public final void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
        String prefix = "enact" + StringUtils.capitalize(this.kind) + "Connector.";
        Map<String, Object> configured = Binder.get(this.environment)
                .bind("enact." + this.kind + ".connectors", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        for (String key : configured.keySet()) {
            String name = name(key);
            RootBeanDefinition definition = new RootBeanDefinition(this.type, () -> connector(beans, key, name));
            definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
            registry.registerBeanDefinition(prefix + key, definition);
        }
    }

    @Override
    public final void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // the registry is all this is about
    }
}

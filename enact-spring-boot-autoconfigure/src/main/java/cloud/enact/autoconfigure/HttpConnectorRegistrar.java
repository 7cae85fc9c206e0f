package cloud.enact.autoconfigure;

import cloud.enact.connector.http.HttpApi;
import cloud.enact.connector.http.HttpConnector;
import cloud.enact.connector.http.HttpConnectorBuilder;
import cloud.enact.connector.http.HttpLimits;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.file.PolicyFiles;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/** Adds the connectors for HTTP that are configured; a connector's name is its qualifier. */
final class HttpConnectorRegistrar implements BeanDefinitionRegistryPostProcessor {

    static final String KEY = "enact.http.connectors";

    private static final String PREFIX = "enactHttpConnector.";

    private final Environment environment;

    private final ResourceLoader resources;

    HttpConnectorRegistrar(Environment environment, ResourceLoader resources) {
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
        Map<String, Object> configured = Binder.get(this.environment)
                .bind(KEY, Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        for (String name : configured.keySet()) {
            RootBeanDefinition definition = new RootBeanDefinition(HttpConnector.class, () -> connector(beans, name));
            definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
            registry.registerBeanDefinition(PREFIX + name, definition);
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // the registry is all this is about
    }

    private HttpConnector connector(ConfigurableListableBeanFactory beans, String name) {
        HttpProperties.Connector entry =
                beans.getBean(EnactProperties.class).http().connectors().get(name);
        if (entry == null) {
            throw new IllegalStateException("The connector was configured when its bean was defined");
        }
        PolicyFile file = file(name, entry);
        try {
            HttpApi api = HttpApi.read(file, variable -> variable(name, entry, variable));
            HttpConnectorBuilder builder = HttpConnector.api(api)
                    .name(name)
                    .operations(entry.operations())
                    .allowPrivate(entry.allowPrivate())
                    .allowHttp(entry.allowHttp())
                    .limits(new HttpLimits(
                            entry.connectTimeout(),
                            entry.requestTimeout(),
                            Math.toIntExact(entry.maxResponseSize().toBytes())));
            if (entry.baseUrl() != null) {
                builder.baseUrl(entry.baseUrl());
            }
            return builder.build(beans.getBean(StepExecutor.class));
        } catch (IllegalArgumentException | ArithmeticException ex) {
            throw new EnactStartupException(
                    "The connector '" + name + "' can't work: " + ex.getMessage(),
                    "Correct " + KEY + "." + name + ".",
                    ex);
        }
    }

    private @Nullable String variable(String connector, HttpProperties.Connector entry, String name) {
        String own = entry.variables().get(name);
        return (own != null)
                ? new Credential(connector, KEY + "." + connector + ".variables." + name).resolved(own)
                : this.environment.getProperty(name);
    }

    private PolicyFile file(String name, HttpProperties.Connector entry) {
        if (StringUtils.hasText(entry.definition()) == StringUtils.hasText(entry.pack())) {
            throw new EnactStartupException(
                    "The connector '" + name + "' needs one declaration",
                    "Set either " + KEY + "." + name + ".definition or " + KEY + "." + name + ".pack.");
        }
        boolean shipped = StringUtils.hasText(entry.pack());
        String location = shipped ? pack(name, String.valueOf(entry.pack())) : String.valueOf(entry.definition());
        Resource resource = this.resources.getResource(location);
        try (InputStream content = resource.getInputStream()) {
            return PolicyFiles.open(location, content);
        } catch (IOException ex) {
            throw new EnactStartupException(
                    "The declaration of the connector '" + name + "' can't be read: " + location,
                    "Correct " + KEY + "." + name
                            + (shipped ? ".pack." : ".definition; a file is named such as file:./desk.yaml."),
                    ex);
        }
    }

    private static String pack(String name, String pack) {
        if (!pack.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new EnactStartupException(
                    "The connector '" + name + "' names no pack", "Correct " + KEY + "." + name + ".pack.");
        }
        return "classpath:enact/http/" + pack + ".yaml";
    }
}

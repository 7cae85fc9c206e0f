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
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/** Adds the connectors for HTTP that are configured. */
final class HttpConnectorRegistrar extends ConnectorRegistrar<HttpConnector> {

    static final String KEY = "enact.http.connectors";

    private final Environment environment;

    private final ResourceLoader resources;

    HttpConnectorRegistrar(Environment environment, ResourceLoader resources) {
        super(environment, "http", HttpConnector.class);
        this.environment = environment;
        this.resources = resources;
    }

    /** The key is all of it: it names the system, and not the way there. */
    @Override
    String name(String key) {
        return key;
    }

    @Override
    HttpConnector connector(ConfigurableListableBeanFactory beans, String key, String name) {
        ConnectorStartup startup = new ConnectorStartup(name, KEY + "." + key);
        HttpProperties.Connector entry = ConnectorStartup.entry(
                beans.getBean(EnactProperties.class).http().connectors(), key);
        PolicyFile file = file(name, entry);
        try {
            HttpApi api = HttpApi.read(file, variable -> variable(startup, entry, variable));
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
            throw startup.wrong(ex);
        }
    }

    private @Nullable String variable(ConnectorStartup startup, HttpProperties.Connector entry, String name) {
        String own = entry.variables().get(name);
        return (own != null)
                ? startup.credential("variables." + name).resolved(own)
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

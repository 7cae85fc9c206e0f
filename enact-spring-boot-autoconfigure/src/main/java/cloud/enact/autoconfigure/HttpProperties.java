package cloud.enact.autoconfigure;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Connectors for systems with an HTTP API, declared in YAML.
 *
 * @param connectors Connectors by name, the first part of the names of their actions.
 */
record HttpProperties(@DefaultValue Map<String, Connector> connectors) {

    /**
     * A connector.
     *
     * @param definition File that declares its operations, such as classpath:crm.yaml or file:./crm.yaml.
     * @param pack Name of a shipped declaration, instead of a file.
     * @param baseUrl Where the API is, unless the declaration says so.
     * @param operations Operations that are allowed. None by default.
     */
    record Connector(
            @Nullable String definition,
            @Nullable String pack,
            @Nullable URI baseUrl,
            @DefaultValue Set<String> operations) {}
}

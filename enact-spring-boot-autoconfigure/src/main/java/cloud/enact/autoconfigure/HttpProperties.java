package cloud.enact.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

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
     * @param variables What the declaration leaves to configuration, such as a token; found before properties and environment variables of that name.
     * @param tools Whether its operations are tools that a model can call.
     * @param allowPrivate Whether the API may be at a private or loopback address.
     * @param allowHttp Whether requests may go out unencrypted.
     * @param connectTimeout How long to wait for a connection.
     * @param requestTimeout How long one request may take, until its answer is read to the end.
     * @param maxResponseSize How large an answer may be.
     */
    record Connector(
            @Nullable String definition,
            @Nullable String pack,
            @Nullable URI baseUrl,
            @DefaultValue Set<String> operations,
            @DefaultValue Map<String, String> variables,
            @DefaultValue("true") boolean tools,
            @DefaultValue("false") boolean allowPrivate,
            @DefaultValue("false") boolean allowHttp,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("30s") Duration requestTimeout,
            @DefaultValue("1MB") DataSize maxResponseSize) {

        @Override
        public String toString() {
            return "Connector[***]";
        }
    }
}

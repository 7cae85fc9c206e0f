package cloud.enact.connector.http;

import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.ConnectorName;
import cloud.enact.undo.StepExecutor;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an {@link HttpConnector} is made of. Not thread-safe. */
public final class HttpConnectorBuilder {

    private final HttpApi api;

    private String name = "http";

    private final List<String> operations = new ArrayList<>();

    private @Nullable URI baseUrl;

    private boolean allowPrivate;

    private boolean allowHttp;

    private HttpLimits limits = HttpLimits.defaults();

    private Network.Names names = InetAddress::getAllByName;

    HttpConnectorBuilder(HttpApi api) {
        this.api = api;
    }

    /** Names the instance; {@code http} if nothing else is said. */
    public HttpConnectorBuilder name(String name) {
        this.name = ConnectorName.require(name);
        return this;
    }

    /** Allows operations, by name; without this nothing is allowed. */
    public HttpConnectorBuilder operations(Collection<String> operations) {
        this.operations.addAll(operations);
        return this;
    }

    /** Says where the API is, whatever its declaration says. */
    public HttpConnectorBuilder baseUrl(URI baseUrl) {
        this.baseUrl = baseUrl;
        return this;
    }

    /** Sets whether the API may be at a private or loopback address. */
    public HttpConnectorBuilder allowPrivate(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
        return this;
    }

    /** Sets whether requests, and with them the secrets, may go out unencrypted. */
    public HttpConnectorBuilder allowHttp(boolean allowHttp) {
        this.allowHttp = allowHttp;
        return this;
    }

    /** Sets how long and how large things may be. */
    public HttpConnectorBuilder limits(HttpLimits limits) {
        this.limits = limits;
        return this;
    }

    HttpConnectorBuilder names(Network.Names names) {
        this.names = names;
        return this;
    }

    /**
     * Makes the connector.
     *
     * @param steps performs its steps inside governed actions
     * @throws IllegalArgumentException when an operation doesn't exist, or nobody may send requests there
     */
    public HttpConnector build(StepExecutor steps) {
        AllowedOperations<HttpOperation> allowed =
                new AllowedOperations<>(this.name, this.api.operations().values(), this.operations);
        BaseUrl base = base();
        boolean here = Network.isLoopback(base.uri().getHost());
        if (!base.isEncrypted() && !this.allowHttp && !(here && this.allowPrivate)) {
            throw new IllegalArgumentException(
                    "Its base URL is not encrypted, and its secrets would be sent in the clear; use https, or allow"
                            + " that with 'allow-http'");
        }
        Transport transport = new Transport(this.api, base, new Network(this.allowPrivate, this.names), this.limits);
        return new HttpConnector(this.name, allowed, new Remote(this.api, transport), steps);
    }

    private BaseUrl base() {
        if (this.baseUrl != null) {
            try {
                return BaseUrl.of(this.baseUrl);
            } catch (IllegalArgumentException ex) {
                throw new IllegalArgumentException("Its base URL " + ex.getMessage(), ex);
            }
        }
        BaseUrl declared = this.api.baseUrl();
        if (declared == null) {
            throw new IllegalArgumentException("Nobody says where it is; set its base URL");
        }
        return declared;
    }
}

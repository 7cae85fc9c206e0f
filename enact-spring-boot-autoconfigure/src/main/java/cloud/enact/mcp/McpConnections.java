package cloud.enact.mcp;

import cloud.enact.gate.EnactStartupException;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of connections to MCP servers, as the application configured them: what an MCP client says of itself, where
 * Spring AI notes them. Two connections of one name would share permissions and pins. Thread-safe.
 */
final class McpConnections {

    private static final String UNKNOWN = "unknown";

    private static final int FULL = 256;

    private final String clientName;

    private final Map<String, Claim> claims = new HashMap<>();

    private int full = FULL;

    /**
     * Creates names.
     *
     * @param clientName name all MCP clients of the application have, before a connection's name is added
     */
    McpConnections(String clientName) {
        this.clientName = clientName;
    }

    /** The name of the connection of a client, or of one that can't be seen. */
    String name(@Nullable Object client) {
        if (client instanceof McpSyncClient sync) {
            return name(sync.getClientInfo());
        }
        return (client instanceof McpAsyncClient async) ? name(async.getClientInfo()) : UNKNOWN;
    }

    private String name(McpSchema.Implementation client) {
        if (client.title() != null && !client.title().isBlank()) {
            return client.title();
        }
        String prefix = this.clientName + " - ";
        return client.name().startsWith(prefix) ? client.name().substring(prefix.length()) : client.name();
    }

    /**
     * Takes the names of a bean that is a client, or a list of clients; any other bean has none.
     *
     * @throws EnactStartupException when another client has one of them
     */
    synchronized void claim(Object bean, String beanName) {
        if (isClient(bean)) {
            claim(bean, name(bean), beanName);
        } else if (bean instanceof List<?> list) {
            Set<String> names = new HashSet<>();
            for (Object client : list.stream().filter(McpConnections::isClient).toList()) {
                String name = name(client);
                if (!names.add(name)) {
                    throw refusal(name, beanName, beanName);
                }
                claim(client, name, beanName);
            }
        }
    }

    private void claim(Object client, String name, String beanName) {
        Claim earlier = this.claims.get(name);
        Object other = (earlier != null) ? earlier.client().get() : null;
        // a bean that is made anew, such as one of a narrow scope, is the same connection
        if (earlier != null
                && other != null
                && other != client
                && !earlier.beanName().equals(beanName)) {
            throw refusal(name, earlier.beanName(), beanName);
        }
        this.claims.put(name, new Claim(beanName, new WeakReference<>(client)));
        if (this.claims.size() >= this.full) {
            // beans of a narrow scope come and go under names of their own
            this.claims.values().removeIf(claim -> claim.client().get() == null);
            this.full = Math.max(FULL, 2 * this.claims.size());
        }
    }

    static boolean isClient(@Nullable Object bean) {
        return bean instanceof McpSyncClient || bean instanceof McpAsyncClient;
    }

    private static EnactStartupException refusal(String name, String bean, String other) {
        return new EnactStartupException(
                "Two MCP clients are named '" + name + "' (in the beans '" + bean + "' and '" + other
                        + "'), so that tools of one server would pass for tools of the other.",
                "Give each connection under spring.ai.mcp.client a name of its own, also where they are of different"
                        + " kinds, and each client you make yourself a clientInfo with a title of its own.");
    }

    /** Which bean has a name, and for which client. */
    private record Claim(String beanName, WeakReference<Object> client) {}
}

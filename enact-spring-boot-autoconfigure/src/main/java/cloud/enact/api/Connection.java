package cloud.enact.api;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection that a request came by, whichever server took it.
 *
 * @param remote address it comes from
 * @param local address it came to
 * @param host what the header {@code Host} says, or {@code null} without one
 * @param origin what the header {@code Origin} says, or {@code null} without one
 * @param headers names of all its headers
 */
public record Connection(
        @Nullable String remote,
        @Nullable String local,
        @Nullable String host,
        @Nullable String origin,
        Collection<String> headers) {

    private static final Set<String> PROXY_HEADERS = Set.of("forwarded", "via", "x-real-ip");

    public Connection {
        headers = List.copyOf(headers);
    }

    /** Whether it comes from this machine itself: behind a proxy of this machine everybody would. */
    public boolean isLocal() {
        return isLoopback(this.remote) && isLoopback(this.local) && !isForwarded();
    }

    /** Whether this machine is asked under one of its own names, and not under one that only leads here. */
    public boolean isUnderOwnName() {
        return this.host != null && isThisMachine(this.host);
    }

    /** Whether a page of another site asks. */
    public boolean isOfForeignPage() {
        return this.origin != null && (this.host == null || !this.host.equalsIgnoreCase(authority(this.origin)));
    }

    private boolean isForwarded() {
        for (String name : this.headers) {
            String header = name.toLowerCase(Locale.ROOT);
            if (header.startsWith("x-forwarded-") || PROXY_HEADERS.contains(header)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThisMachine(String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        int port = host.lastIndexOf(':');
        if (port > host.lastIndexOf(']')) {
            host = host.substring(0, port);
        }
        return host.equals("localhost") || isLiteral(host) && isLoopback(host);
    }

    /** Whether it is an address, so that nobody looks up a name. */
    private static boolean isLiteral(String host) {
        return host.startsWith("[") && host.endsWith("]")
                || !host.isEmpty() && host.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
    }

    private static boolean isLoopback(@Nullable String address) {
        if (address == null || address.isEmpty()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException ex) {
            return false;
        }
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }
}

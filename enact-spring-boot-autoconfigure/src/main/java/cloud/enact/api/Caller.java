package cloud.enact.api;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may ask. A web page that somebody on this machine looks at must not ask in their place: neither under its
 * own name, which a browser gives away in {@code Origin}, nor under a name of its own that leads to this machine, which
 * stands in {@code Host}.
 */
final class Caller {

    private static final String REMEDY =
            " Ask on the machine itself, as in curl http://localhost:8080/…, or set enact.api.remote=true and see to who"
                    + " can reach it.";

    private static final Set<String> PROXY_HEADERS = Set.of("forwarded", "via", "x-real-ip");

    private final boolean remote;

    /** Lets in callers of this machine alone, or those of others, too. */
    Caller(boolean remote) {
        this.remote = remote;
    }

    /** Refuses who may not ask. */
    void requireAllowed(HttpServletRequest request) {
        HttpServletRequest connection = connection(request);
        @Nullable String host = connection.getHeader("Host");
        if (!this.remote) {
            requireThisMachine(connection, host);
        }
        @Nullable String origin = connection.getHeader("Origin");
        if (origin != null && (host == null || !host.equalsIgnoreCase(authority(origin)))) {
            throw ApiException.refused(403, "Foreign origin", "A page of another site does not get an answer.");
        }
    }

    /** What filters put round it tells what headers say, and those anybody can write. */
    private static HttpServletRequest connection(HttpServletRequest request) {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return (innermost instanceof HttpServletRequest http) ? http : request;
    }

    private static void requireThisMachine(HttpServletRequest connection, @Nullable String host) {
        // behind a proxy of this machine everybody comes from this machine
        if (!isLoopback(connection.getRemoteAddr())
                || !isLoopback(connection.getLocalAddr())
                || isForwarded(connection)) {
            throw ApiException.refused(403, "Not from this machine", "Only this machine may ask." + REMEDY);
        }
        if (host == null || !isThisMachine(host)) {
            throw ApiException.refused(
                    403, "Foreign host", "The address is none of this machine's own names." + REMEDY);
        }
    }

    private static boolean isForwarded(HttpServletRequest request) {
        for (String name : Collections.list(request.getHeaderNames())) {
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

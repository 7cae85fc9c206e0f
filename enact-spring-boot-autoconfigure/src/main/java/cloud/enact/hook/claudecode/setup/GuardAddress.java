package cloud.enact.hook.claudecode.setup;

import cloud.enact.hook.claudecode.ClaudeCodeFilter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the guard answers.
 *
 * @param uri the whole address
 */
public record GuardAddress(URI uri) {

    /** That of a guard on this machine. */
    public static final String DEFAULT = "http://localhost:8080" + ClaudeCodeFilter.PATH;

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * The address that a text says; the path may be left out.
     *
     * @throws SetupException when no token should be sent there
     */
    public static GuardAddress of(String text) {
        URI uri = parsed(text);
        String host = (uri != null) ? uri.getHost() : null;
        if (uri == null || host == null || uri.getScheme() == null) {
            throw new SetupException("--url is no address such as " + DEFAULT);
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new SetupException("--url is an address without user, query and fragment, such as " + DEFAULT);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean here = THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT));
        if (!scheme.equals("https") && !(scheme.equals("http") && here)) {
            throw new SetupException(
                    "The token would be readable on its way; --url takes https, or http on this machine");
        }
        String path = uri.getRawPath();
        if (path.isEmpty() || path.equals("/")) {
            return new GuardAddress(uri.resolve(ClaudeCodeFilter.PATH));
        }
        if (!path.endsWith(ClaudeCodeFilter.PATH)) {
            throw new SetupException("The path of --url ends with " + ClaudeCodeFilter.PATH);
        }
        return new GuardAddress(uri);
    }

    /** Whether an address that stands in settings is that of a guard, wherever it is. */
    static boolean isOfGuard(String text) {
        URI uri = parsed(text);
        return uri != null && uri.getRawPath() != null && uri.getRawPath().endsWith(ClaudeCodeFilter.PATH);
    }

    /** Whether an address that stands in settings is this one. */
    boolean isSaidBy(String text) {
        return this.uri.equals(parsed(text));
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException ex) {
            return null;
        }
    }

    @Override
    public String toString() {
        return this.uri.toString();
    }
}

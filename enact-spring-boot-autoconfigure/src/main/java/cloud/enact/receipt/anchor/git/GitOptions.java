package cloud.enact.receipt.anchor.git;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * Where checkpoints are committed.
 *
 * @param directory bare repository on this machine, made when it is missing
 * @param remote where every commit is pushed to, or {@code null}
 * @param username for the remote, or {@code null}
 * @param token for the remote, or {@code null}
 * @param timeout how long the remote may take to answer
 */
public record GitOptions(
        Path directory,
        @Nullable String remote,
        @Nullable String username,
        @Nullable String token,
        Duration timeout) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException with what is wrong; never with the address or the token in the message
     */
    public GitOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the time-out must be positive");
        }
        if (remote != null) {
            URIish address = address(remote);
            boolean web = address.getScheme() != null && address.getScheme().startsWith("http");
            if (address.getPass() != null || (web && address.getUser() != null)) {
                throw new IllegalArgumentException("the address of the remote must not hold user or password");
            }
            if (token != null && web && !address.getScheme().equals("https")) {
                throw new IllegalArgumentException("a token is only sent to an address that begins with https");
            }
        }
    }

    private static URIish address(String remote) {
        try {
            return new URIish(remote);
        } catch (URISyntaxException ex) {
            throw new IllegalArgumentException("the address of the remote is not one that git knows");
        }
    }

    /** Address of the remote; there must be one. */
    URIish address() {
        if (this.remote == null) {
            throw new IllegalStateException("There is no remote");
        }
        return address(this.remote);
    }

    /** Says nothing of remote and token. */
    @Override
    public String toString() {
        return "GitOptions[" + this.directory + "]";
    }
}

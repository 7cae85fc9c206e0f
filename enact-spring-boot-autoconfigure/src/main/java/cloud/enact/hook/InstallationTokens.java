package cloud.enact.hook;

import cloud.enact.action.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows installations by their tokens, of which it keeps digests alone. Immutable and thread-safe. */
public final class InstallationTokens {

    /** How a digest of a token is written. */
    public static final String PREFIX = "sha256:";

    private static final int LONGEST = 1024;

    private final List<Known> known;

    private InstallationTokens(List<Known> known) {
        this.known = List.copyOf(known);
    }

    /** No installation. */
    public static InstallationTokens none() {
        return new InstallationTokens(List.of());
    }

    /**
     * These, and one more.
     *
     * @throws IllegalArgumentException when another installation has the same token
     */
    public InstallationTokens with(String token, Installation installation) {
        return with(Sha256.of(token), installation);
    }

    /**
     * These, and one more whose token nobody here knows.
     *
     * @param digest {@code sha256:} and 64 hexadecimal digits
     * @throws IllegalArgumentException when it is no such text, or another installation has the same token
     */
    public InstallationTokens withDigest(String digest, Installation installation) {
        String hex = digest.startsWith(PREFIX) ? digest.substring(PREFIX.length()) : "";
        if (hex.length() != 64 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("it is not 'sha256:' and 64 hexadecimal digits");
        }
        return with(HexFormat.of().parseHex(hex), installation);
    }

    private InstallationTokens with(byte[] digest, Installation installation) {
        List<Known> all = new ArrayList<>(this.known);
        for (Known each : all) {
            if (MessageDigest.isEqual(each.digest(), digest)) {
                throw new IllegalArgumentException("another installation has the same token");
            }
        }
        all.add(new Known(digest, installation));
        return new InstallationTokens(all);
    }

    /** The installation whose token stands in an {@code Authorization} header. */
    public Optional<Installation> of(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        byte[] digest = Sha256.of(authorization.substring(7).strip());
        Installation found = null;
        for (Known each : this.known) {
            if (MessageDigest.isEqual(each.digest(), digest)) {
                found = each.installation();
            }
        }
        return Optional.ofNullable(found);
    }

    /** What a configuration keeps of a token: {@code sha256:} and 64 hexadecimal digits. */
    public static String hash(String token) {
        return PREFIX + Sha256.hex(token);
    }

    @Override
    public String toString() {
        return "InstallationTokens[" + this.known.size() + "]";
    }

    private record Known(byte[] digest, Installation installation) {}
}

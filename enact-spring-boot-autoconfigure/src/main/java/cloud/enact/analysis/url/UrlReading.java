package cloud.enact.analysis.url;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address as the WHATWG URL standard reads it, which browsers and most HTTP clients follow. Where other readers
 * would go somewhere else there is a problem. Immutable.
 *
 * @param scheme in small letters; empty when none is written
 * @param host where it leads, or {@code null} when it names no host
 * @param path what follows the host up to the query, percent signs, dots and double slashes resolved; empty for none
 * @param problem why it can't be read, the end of a sentence; or {@code null}
 */
public record UrlReading(
        String scheme,
        @Nullable Host host,
        String path,
        @Nullable String problem) {

    private static final int MOST_PARTS = 64;

    /** Reads one address. */
    public static UrlReading of(String text) {
        return UrlReader.read(text);
    }

    /**
     * Reads all addresses that readers may find in a text that should be one: the text as a whole, unless white space
     * clearly separates several, and each that white space separates.
     */
    public static List<UrlReading> all(String text) {
        String[] parts = text.strip().split("\\s+", MOST_PARTS);
        List<UrlReading> readings = new ArrayList<>(1);
        boolean list = parts.length > 1;
        for (String part : parts) {
            list &= part.contains("://");
        }
        if (!list) {
            readings.add(of(text));
        }
        for (int i = 0; parts.length > 1 && i < parts.length; i++) {
            if (parts[i].contains("://")) {
                readings.add(of(parts[i]));
            }
        }
        return readings;
    }

    /** Whether this is an address at all, readable or not, and not only a place within some site. */
    public boolean leadsAway() {
        return this.host != null || this.problem != null || !this.scheme.isEmpty();
    }
}

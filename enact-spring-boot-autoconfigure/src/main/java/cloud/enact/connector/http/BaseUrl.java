package cloud.enact.connector.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where an API is: every request goes there and below. Immutable.
 *
 * @param uri scheme, host, port and path, without a slash at the end
 */
record BaseUrl(URI uri) {

    /** What servers take for a way out of a path, encoded or not. */
    private static final Pattern UPWARDS = Pattern.compile("(?i)/[.]{1,2}(/|$)|%2e|%2f|%5c|%25|;");

    static BaseUrl read(Place place, Template template) {
        if (!template.placeholders().isEmpty()) {
            throw place.wrong("can't have placeholders", "Write ${NAME} for a variable.");
        }
        try {
            return of(new URI(template.text(new Values(Map.of(), Map.of(), Map.of(), ""))));
        } catch (URISyntaxException ex) {
            throw place.wrong("is no URL", "Write one such as https://api.example.com/v2.");
        } catch (IllegalArgumentException ex) {
            throw place.wrong(String.valueOf(ex.getMessage()), "Write one such as https://api.example.com/v2.");
        }
    }

    /**
     * Takes a URL.
     *
     * @throws IllegalArgumentException when it isn't one of a host, or brings along more than a path
     */
    static BaseUrl of(URI uri) {
        String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
        if (!scheme.equals("https") && !scheme.equals("http") || uri.getHost() == null) {
            throw new IllegalArgumentException("must begin with https:// and a host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must have neither user, nor query, nor fragment");
        }
        String path = (uri.getRawPath() != null) ? uri.getRawPath() : "";
        if (path.contains("/.") || path.contains("//") || path.contains("%")) {
            throw new IllegalArgumentException("must have a plain path");
        }
        String text = scheme + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT) + path;
        return new BaseUrl(URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
    }

    boolean isEncrypted() {
        return this.uri.getScheme().equals("https");
    }

    /** The address of a path and query below it. */
    URI below(String target) {
        return URI.create(this.uri + target);
    }

    /** Whether an address is this one or below it. */
    boolean covers(URI other) {
        if (!isSameServer(other)) {
            return false;
        }
        String here = this.uri.getRawPath();
        String there = other.getRawPath();
        boolean upwards = UPWARDS.matcher(there).find();
        return here.isEmpty() || there.equals(here) || there.startsWith(here + "/") && !upwards;
    }

    private boolean isSameServer(URI other) {
        return this.uri.getScheme().equalsIgnoreCase(other.getScheme())
                && this.uri.getHost().equalsIgnoreCase(other.getHost())
                && port(this.uri) == port(other)
                && other.getRawUserInfo() == null;
    }

    private static int port(URI uri) {
        return (uri.getPort() >= 0) ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        return this.uri.toString();
    }
}

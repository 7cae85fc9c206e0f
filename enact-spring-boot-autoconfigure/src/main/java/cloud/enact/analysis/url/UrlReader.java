package cloud.enact.analysis.url;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/** Reads one address; for one text, not thread-safe. */
final class UrlReader {

    /** Longer texts are no addresses. */
    private static final int LONGEST = 8192;

    private static final int MOST_WRAPPERS = 4;

    private static final String ENDS = "/\\?#";

    private static final Set<String> SPECIAL = Set.of("http", "https", "ws", "wss", "ftp");

    /** Schemes around another address. */
    private static final Set<String> WRAPPERS = Set.of("jar", "view-source", "feed", "blob", "url", "filesystem");

    private final String text;

    /** Where the first tab or line break was, which readers leave out; or -1. */
    private final int firstBreak;

    private UrlReader(String text, int firstBreak) {
        this.text = text;
        this.firstBreak = firstBreak;
    }

    static UrlReading read(String text) {
        if (text.length() > LONGEST) {
            return unreadable("", "is too long");
        }
        String stripped = stripped(text);
        StringBuilder address = new StringBuilder(stripped.length());
        int firstBreak = -1;
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (c != '\t' && c != '\n' && c != '\r') {
                address.append(c);
            } else if (firstBreak < 0) {
                firstBreak = i;
            }
        }
        return new UrlReader(address.toString(), firstBreak).reading();
    }

    private UrlReading reading() {
        String address = this.text;
        String scheme = scheme(address);
        for (int i = 0; i < MOST_WRAPPERS && WRAPPERS.contains(scheme); i++) {
            address = address.substring(scheme.length() + 1);
            scheme = scheme(address);
        }
        if (WRAPPERS.contains(scheme)) {
            return unreadable(scheme, "wraps other addresses too often");
        }
        if (scheme.isEmpty()) {
            return withoutScheme(address);
        }
        String rest = address.substring(scheme.length() + 1);
        if (SPECIAL.contains(scheme)) {
            return withAuthority(scheme, withoutSlashes(rest));
        }
        if (rest.startsWith("//") && !scheme.equals("file")) {
            return withAuthority(scheme, rest.substring(2));
        }
        return new UrlReading(scheme, null, "", null);
    }

    private UrlReading withoutScheme(String address) {
        if (address.length() > 1 && isSlash(address.charAt(0)) && isSlash(address.charAt(1))) {
            return withAuthority("", withoutSlashes(address));
        }
        String authority = address.substring(0, end(address, ENDS));
        if (!looksLikeAuthority(authority)) {
            return new UrlReading("", null, "", null);
        }
        int at = authority.indexOf('@');
        int colon = authority.indexOf(':', Math.max(0, at));
        if (at > 0 && colon > 0 && !isPort(authority.substring(colon + 1))) {
            // git@host:path, as ssh takes it
            return withAuthority("ssh", authority.substring(0, colon));
        }
        return withAuthority("", address);
    }

    /** {@code docs/page} and {@code page} are places of the same site; {@code host.example/page} is one of its own. */
    private static boolean looksLikeAuthority(String text) {
        if (text.isEmpty() || text.charAt(0) == '.' || text.indexOf(' ') >= 0) {
            return false;
        }
        return text.chars().skip(1).anyMatch(c -> ".:@\u3002\uFF0E\uFF61\u2024".indexOf(c) >= 0)
                || text.charAt(0) == '['
                || text.equalsIgnoreCase("localhost")
                || Ipv4.endsInNumber(text.toLowerCase(Locale.ROOT));
    }

    /**
     * Reads what follows the slashes.
     *
     * @param rest the end of the text
     */
    private UrlReading withAuthority(String scheme, String rest) {
        int end = end(rest, ENDS);
        String authority = rest.substring(0, end);
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        if (end < rest.length() && rest.charAt(end) == '\\') {
            return unreadable(scheme, "has a backslash where readers disagree about its host");
        }
        if (authority.indexOf('@') != authority.lastIndexOf('@')) {
            return unreadable(scheme, "has more than one @ before its host");
        }
        if (this.firstBreak >= 0 && this.firstBreak <= this.text.length() - rest.length() + end) {
            return unreadable(scheme, "has a tab or line break before its host ends");
        }
        String host = hostAndPort;
        int colon = hostAndPort.lastIndexOf(':');
        if (colon > hostAndPort.lastIndexOf(']')) {
            if (!isPort(hostAndPort.substring(colon + 1))) {
                return unreadable(scheme, "has a port that is no number");
            }
            host = hostAndPort.substring(0, colon);
        }
        if (host.isEmpty()) {
            // postgres:///name names none and says so
            return (SPECIAL.contains(scheme) || scheme.isEmpty())
                    ? unreadable(scheme, "names no host")
                    : new UrlReading(scheme, null, path(rest, end), null);
        }
        return Host.read(host)
                .map(read -> new UrlReading(scheme, read, path(rest, end), null))
                .orElseGet(() -> unreadable(scheme, "has a host that can't be read"));
    }

    private static String path(String rest, int start) {
        String written = rest.substring(start);
        written = written.substring(0, end(written, "?#"));
        String decoded = (written.indexOf('%') >= 0) ? Host.percentDecoded(written) : written;
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : ((decoded != null) ? decoded : written).split("[/\\\\]")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return segments.isEmpty() ? "" : "/" + String.join("/", segments);
    }

    private static UrlReading unreadable(String scheme, String problem) {
        return new UrlReading(scheme, null, "", problem);
    }

    /** Without what readers drop at both ends. */
    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isDropped(text.charAt(start))) {
            start++;
        }
        while (end > start && isDropped(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isDropped(char c) {
        return c <= ' ' || c == '\u00A0' || c == '\uFEFF' || c == '\u200B';
    }

    /** The scheme in small letters; empty for none. */
    private static String scheme(String address) {
        int colon = 0;
        while (colon < address.length() && isOfScheme(address.charAt(colon), colon)) {
            colon++;
        }
        if (colon == 0 || colon == address.length() || address.charAt(colon) != ':') {
            return "";
        }
        String scheme = address.substring(0, colon).toLowerCase(Locale.ROOT);
        String after = address.substring(colon + 1);
        int port = end(after, ENDS);
        // localhost:8080 is a host with its port
        boolean host = port > 0 && isPort(after.substring(0, port)) && !SPECIAL.contains(scheme);
        return host ? "" : scheme;
    }

    private static boolean isOfScheme(char c, int index) {
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return letter || index > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.');
    }

    private static String withoutSlashes(String text) {
        int start = 0;
        while (start < text.length() && isSlash(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    private static int end(String text, String ends) {
        for (int i = 0; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private static boolean isPort(String text) {
        return text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

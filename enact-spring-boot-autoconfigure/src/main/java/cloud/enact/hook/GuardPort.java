package cloud.enact.hook;

import cloud.enact.analysis.url.Host;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where the guard answers in texts. Immutable. */
final class GuardPort {

    private static final int LONGEST_HOST = 255;

    private static final int MOST_LOOKED_AT = 1000;

    /** Names that this machine has on every system, or that containers have for it. */
    private static final Set<String> OWN_NAMES = Set.of(
            "0.0.0.0",
            "::",
            "[::]",
            "localhost.localdomain",
            "localhost4",
            "localhost6",
            "ip6-localhost",
            "ip6-loopback",
            "host.docker.internal",
            "gateway.docker.internal",
            "host.containers.internal");

    /** A number that some readers take for octal; nobody writes an address so. */
    private static final Pattern AMBIGUOUS = Pattern.compile("0[0-9.]*");

    private static final Pattern RANGE = Pattern.compile(":[0-9]{0,5}[\\[{][0-9]");

    /** Clients to which an address without a host is one of this machine. */
    private static final Set<String> SHORT = Set.of("http", "https", "httpie", "xh", "xhs", "curlie");

    private static final Pattern CODE =
            Pattern.compile("localhost|127\\.|::1|0\\.0\\.0\\.0|connect|port|socket", Pattern.CASE_INSENSITIVE);

    private final List<String> ports;

    private final Set<String> hosts;

    GuardPort(Set<Integer> ports, Set<String> hosts) {
        this.ports = ports.stream().map(String::valueOf).toList();
        this.hosts = hosts;
    }

    /** Whether the number of a port stands in a text. */
    boolean isNumberIn(String text) {
        return this.ports.stream().anyMatch(port -> stands(port, text));
    }

    /** Whether a number stands in a text, and not as a part of another one. */
    static boolean stands(String number, String text) {
        return placeOf(text, number, 0) >= 0;
    }

    private static int placeOf(String text, String port, int from) {
        int at = text.indexOf(port, from);
        while (at >= 0) {
            int end = at + port.length();
            int begin = beginning(text, at);
            boolean begins = begin == 0 || !Character.isDigit(text.charAt(begin - 1));
            boolean ends = end == text.length() || !Character.isDigit(text.charAt(end));
            if (begins && ends) {
                return at;
            }
            at = text.indexOf(port, end);
        }
        return -1;
    }

    /** Where a number begins that has zeros in front. */
    private static int beginning(String text, int at) {
        int begin = at;
        while (begin > 0 && text.charAt(begin - 1) == '0') {
            begin--;
        }
        return begin;
    }

    /** Whether an address of the guard stands in a text. */
    boolean isReachedBy(String text) {
        if (isReachedByDevice(text) || isReachedByRange(text)) {
            return true;
        }
        for (String port : this.ports) {
            int looked = 0;
            for (int at = placeOf(text, port, 0);
                    at >= 0 && looked < MOST_LOOKED_AT;
                    at = placeOf(text, port, at + port.length())) {
                looked++;
                int colon = beginning(text, at) - 1;
                if (colon >= 0
                        && text.charAt(colon) == ':'
                        && (isOwn(hostBefore(text, colon)) || isOwn(hostBehind(text, at + port.length())))) {
                    return true;
                }
            }
            if ((port.equals("80") && isOwn(hostAfter(text, "http://")))
                    || port.equals("443") && isOwn(hostAfter(text, "https://"))) {
                return true;
            }
        }
        return false;
    }

    /** {@code /dev/tcp/localhost/8080}, and {@code /inet/tcp/0/localhost/8080} of awk. */
    boolean isReachedByDevice(String text) {
        int device = text.indexOf("/dev/tcp/");
        int inet = text.indexOf("/inet");
        if (device < 0 && inet < 0) {
            return false;
        }
        int begin = (device >= 0) ? device + 1 : inet + 1;
        String[] parts = text.substring(begin).split("[/\\s]", 6);
        int host = (device >= 0) ? 2 : 3;
        return parts.length > host + 1 && isOwn(parts[host]) && isNumberIn(parts[host + 1]);
    }

    /** {@code http://localhost:[8000-8100]/}: several ports, and nobody knows which. */
    private boolean isReachedByRange(String text) {
        Matcher ranges = RANGE.matcher(text);
        for (int looked = 0; looked < MOST_LOOKED_AT && ranges.find(); looked++) {
            if (isOwn(hostBefore(text, ranges.start()))) {
                return true;
            }
        }
        return false;
    }

    /** {@code nc localhost 8080}, {@code redis-cli -h localhost -p 8080}, and {@code http :8080/x} of some clients. */
    boolean isReachedByWords(List<String> words) {
        boolean port = words.stream().anyMatch(this.ports::contains);
        if (port && words.stream().anyMatch(word -> isPlain(word) && isOwn(word))) {
            return true;
        }
        for (int i = 0; i + 1 < words.size(); i++) {
            if (this.ports.contains(words.get(i + 1)) && isOwn(words.get(i))) {
                return true;
            }
        }
        return !words.isEmpty()
                && SHORT.contains(words.get(0))
                && words.stream()
                        .anyMatch(word -> this.ports.stream()
                                .anyMatch(number -> word.equals(":" + number) || word.startsWith(":" + number + "/")));
    }

    /** Whether code opens a connection to the guard: it has host and port apart. */
    boolean isReachedByCode(String code) {
        return isReachedBy(code)
                || isNumberIn(code)
                        && (CODE.matcher(code).find() || this.hosts.stream().anyMatch(code::contains));
    }

    private static boolean isPlain(String word) {
        return word.indexOf('$') < 0 && word.indexOf('`') < 0 && !word.endsWith(")");
    }

    /** {@code 127.0.0.1} in {@code name:8080:127.0.0.1}. */
    private static String hostBehind(String text, int end) {
        if (end >= text.length() || text.charAt(end) != ':') {
            return "";
        }
        int last = end + 1;
        while (last < text.length() && last - end < LONGEST_HOST && ":/,'\" \t\n".indexOf(text.charAt(last)) < 0) {
            last++;
        }
        return text.substring(end + 1, last);
    }

    private static String hostBefore(String text, int colon) {
        if (colon > 0 && text.charAt(colon - 1) == ']') {
            return text.substring(Math.max(text.lastIndexOf('[', colon), 0), colon);
        }
        int begin = colon;
        while (begin > 0 && colon - begin < LONGEST_HOST && ":/@'\"`=(,; \t\n".indexOf(text.charAt(begin - 1)) < 0) {
            begin--;
        }
        return text.substring(begin, colon);
    }

    private static String hostAfter(String text, String scheme) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(scheme);
        if (at < 0) {
            return "";
        }
        int begin = at + scheme.length();
        int end = begin;
        while (end < text.length() && end - begin < LONGEST_HOST && "/?#'\" ".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String authority = text.substring(begin, end);
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private boolean isOwn(String host) {
        if (host.isEmpty()) {
            return false;
        }
        if (host.indexOf('$') >= 0 || host.indexOf('`') >= 0 || host.endsWith(")")) {
            // $(hostname) may well be this machine
            return true;
        }
        return AMBIGUOUS.matcher(host).matches()
                || Host.read(host)
                        .filter(read ->
                                read.loopback() || OWN_NAMES.contains(read.name()) || this.hosts.contains(read.name()))
                        .isPresent();
    }
}

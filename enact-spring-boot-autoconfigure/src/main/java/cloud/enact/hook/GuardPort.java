package cloud.enact.hook;

import cloud.enact.analysis.url.Host;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds where the guard answers in texts. Immutable. */
final class GuardPort {

    private static final int LONGEST_HOST = 255;

    private static final int MOST_LOOKED_AT = 1000;

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
            boolean begins = at == 0 || !Character.isDigit(text.charAt(at - 1));
            boolean ends = end == text.length() || !Character.isDigit(text.charAt(end));
            if (begins && ends) {
                return at;
            }
            at = text.indexOf(port, end);
        }
        return -1;
    }

    /** Whether an address of the guard stands in a text. */
    boolean isReachedBy(String text) {
        if (isReachedByDevice(text)) {
            return true;
        }
        for (String port : this.ports) {
            int looked = 0;
            for (int at = placeOf(text, port, 0);
                    at >= 0 && looked < MOST_LOOKED_AT;
                    at = placeOf(text, port, at + port.length())) {
                looked++;
                if (at > 0 && text.charAt(at - 1) == ':' && isOwn(hostBefore(text, at - 1))) {
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

    /** {@code /dev/tcp/localhost/8080}. */
    boolean isReachedByDevice(String text) {
        int device = text.indexOf("/dev/tcp/");
        if (device < 0) {
            return false;
        }
        String[] parts = text.substring(device + "/dev/tcp/".length()).split("[/\\s]", 3);
        return parts.length > 1 && isOwn(parts[0]) && isNumberIn(parts[1]);
    }

    /** {@code nc localhost 8080}. */
    boolean isReachedByWords(List<String> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (this.ports.contains(words.get(i + 1)) && isOwn(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static String hostBefore(String text, int colon) {
        int begin = colon;
        while (begin > 0 && colon - begin < LONGEST_HOST && "/@'\"`=(,; \t\n".indexOf(text.charAt(begin - 1)) < 0) {
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
        return Host.read(host)
                .filter(read -> read.loopback()
                        || read.name().equals("0.0.0.0")
                        || read.name().equals("::")
                        || read.name().equals("[::]")
                        || this.hosts.contains(read.name()))
                .isPresent();
    }
}

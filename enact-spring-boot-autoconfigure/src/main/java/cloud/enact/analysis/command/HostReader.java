package cloud.enact.analysis.command;

import cloud.enact.analysis.command.CliWords.Operand;
import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the hosts that one command speaks to. */
final class HostReader {

    /** Take a host, or {@code user@host:path}. */
    private static final Set<String> HOST_FIRST = Set.of(
            "ssh sftp ftp telnet nc ncat netcat nmap ping ping6 mosh dig nslookup host traceroute whois".split(" "));

    private static final Set<String> COPIES = Set.of("scp", "rsync", "rcp", "sftp");

    private static final Set<String> TALKS_ABOUT = Set.of("echo printf grep rg sed awk : cat true test".split(" "));

    private static final Set<String> VALUED =
            Set.of(("-o -O -H -d -X -u -A -e -b -c -F -T -x -i -p -l -P -w -q -t --output --header --data --request "
                            + "--user --user-agent --data-raw --data-binary --form --max-time --retry --cacert --json "
                            + "--output-document --connect-timeout --proxy --cookie --referer")
                    .split(" "));

    private static final Set<String> STORES =
            Set.of("s3 gs gcs az abfs abfss wasb wasbs file data oci docker".split(" "));

    private HostReader() {}

    static List<String> read(ShellCommand command) {
        String name = command.name().toLowerCase(Locale.ROOT);
        List<String> hosts = new ArrayList<>(1);
        for (Redirection redirection : command.redirections()) {
            String target = redirection.target().text();
            if (target.startsWith("/dev/tcp/") || target.startsWith("/dev/udp/")) {
                add(hosts, target.substring("/dev/tcp/".length()));
            }
        }
        if (TALKS_ABOUT.contains(name)) {
            return hosts;
        }
        command.arguments().forEach(word -> {
            int scheme = word.text().indexOf("://");
            if (scheme > 0 && isAddress(word.text(), scheme)) {
                add(hosts, word.text().substring(scheme + 3));
            }
        });
        boolean takesHosts =
                WebClients.areCalled(name) || HOST_FIRST.contains(name) || COPIES.contains(name) || name.equals("git");
        if (!takesHosts) {
            return hosts;
        }
        boolean first = true;
        for (Operand operand : CliWords.of(command, VALUED).operands()) {
            String text = operand.text();
            if (text.contains("://") || text.isEmpty()) {
                first = false;
                continue;
            }
            int colon = text.indexOf(':');
            boolean remote = colon > 1
                    && text.indexOf('/') != 0
                    && colon < (text.indexOf('/') + text.length()) % text.length() + 1;
            if (WebClients.areCalled(name) && text.indexOf('.') > 0
                    || HOST_FIRST.contains(name) && first
                    || COPIES.contains(name) && remote
                    || name.equals("git") && remote && text.indexOf('@') > 0) {
                add(hosts, text.startsWith("@") ? text.substring(1) : text);
            }
            first = first && text.startsWith("@");
        }
        return hosts;
    }

    /** A text that only mentions an address has words before it; what stores name so are no hosts. */
    private static boolean isAddress(String word, int end) {
        int start = end;
        while (start > 0 && Character.isLetterOrDigit(word.charAt(start - 1))) {
            start--;
        }
        String before = word.substring(0, start);
        boolean alone = before.isEmpty() || before.startsWith("-") && before.indexOf(' ') < 0 || before.endsWith("+");
        return alone && !STORES.contains(word.substring(start, end).toLowerCase(Locale.ROOT));
    }

    /** The host of what stands behind a scheme: without user, port and path. */
    private static void add(List<String> hosts, String authority) {
        int end = 0;
        while (end < authority.length() && "/?#\\".indexOf(authority.charAt(end)) < 0) {
            end++;
        }
        String host = authority.substring(0, end);
        host = host.substring(host.lastIndexOf('@') + 1);
        int bracket = host.indexOf(']');
        int colon = host.indexOf(':', Math.max(0, bracket));
        if (host.startsWith("[") || host.indexOf(':') == host.lastIndexOf(':')) {
            host = (colon < 0) ? host : host.substring(0, colon);
        }
        if (!host.isEmpty()) {
            hosts.add(host);
        }
    }
}

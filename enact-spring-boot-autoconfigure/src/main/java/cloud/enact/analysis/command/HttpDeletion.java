package cloud.enact.analysis.command;

import cloud.enact.analysis.command.Destruction.Family;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests over HTTP that take something away: by method, by address, or by a mutation of GraphQL. */
final class HttpDeletion {

    private static final Set<String> CLIENTS =
            Set.of(("curl wget http https xh xhs curlie httpie hurl invoke-restmethod invoke-webrequest irm iwr aria2c")
                    .split(" "));

    /** Clients of one service that send any request: {@code gh api}. */
    private static final Set<String> API_CLIENTS = Set.of("gh", "glab", "stripe", "az", "vercel", "oc", "kubectl");

    private static final Set<String> ENDINGS = Set.of(
            ("delete destroy purge terminate wipe erase truncate dodelete _delete_by_query doremove drop revoke _close _restore")
                    .split(" "));

    private HttpDeletion() {}

    static boolean isClient(String tool) {
        return CLIENTS.contains(tool);
    }

    static @Nullable Destruction read(ShellCommand call, String tool, int index) {
        boolean api = API_CLIENTS.contains(tool)
                && !call.arguments().isEmpty()
                && Set.of("api", "rest", "delete")
                        .contains(call.arguments().get(0).text());
        if (!isClient(tool) && !api) {
            return null;
        }
        List<ShellWord> addresses = new ArrayList<>(1);
        boolean deletes = !tool.equals("kubectl")
                && CliWords.values(call, "-X", "--request", "--method", "-Method", "-method").stream()
                        .anyMatch(method -> method.text().equalsIgnoreCase("DELETE"));
        boolean sends = sends(call, tool);
        for (ShellWord word : call.arguments()) {
            String text = word.text();
            if (!api && text.equalsIgnoreCase("delete")) {
                deletes = true;
            } else if (!text.startsWith("-") && (text.indexOf('/') >= 0 || text.indexOf('.') > 0)) {
                addresses.add(word);
                deletes |= sends && endsWithVerb(text);
            }
        }
        if (!deletes) {
            deletes =
                    CliWords.values(call, "-d", "--data", "--data-raw", "--data-binary", "--json", "--post-data", "-f")
                            .stream()
                            .anyMatch(data -> isMutation(data.text()));
        }
        return deletes && !areOfProject(addresses)
                ? new Destruction(Family.HTTP, tool, "DELETE", List.of(), addresses, index)
                : null;
    }

    /** {@code http://localhost:3000/api/carts/1}: what a service under development keeps; no stores have such paths. */
    private static boolean areOfProject(List<ShellWord> addresses) {
        return !addresses.isEmpty()
                && addresses.stream().allMatch(address -> {
                    String text = address.text();
                    int scheme = text.indexOf("://");
                    String rest = (scheme < 0) ? text : text.substring(scheme + 3);
                    int slash = rest.indexOf('/');
                    String host = (slash < 0) ? rest : rest.substring(0, slash);
                    int port = host.lastIndexOf(':');
                    return !address.dynamic()
                            && Set.of("localhost", "127.0.0.1").contains((port < 0) ? host : host.substring(0, port))
                            && rest.startsWith("/api/", Math.max(slash, 0));
                });
    }

    /** Whether the request is one that may change something. */
    private static boolean sends(ShellCommand call, String tool) {
        return !CliWords.values(
                                call,
                                "-X",
                                "--request",
                                "--method",
                                "-d",
                                "--data",
                                "--data-raw",
                                "--json",
                                "-F",
                                "--post-data",
                                "-Method")
                        .stream()
                        .allMatch(method ->
                                Set.of("GET", "HEAD").contains(method.text().toUpperCase(Locale.ROOT)))
                || tool.startsWith("http") && call.argv().stream().anyMatch("POST"::equalsIgnoreCase);
    }

    private static boolean endsWithVerb(String address) {
        int query = address.indexOf('?');
        String path = (query < 0) ? address : address.substring(0, query);
        String last = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(last);
    }

    /** Whether a text is a mutation one of whose names says that something goes, as {@code volumeDelete}. */
    private static boolean isMutation(String data) {
        if (!data.contains("mutation")) {
            return false;
        }
        int start = -1;
        for (int i = 0; i <= data.length(); i++) {
            boolean letter = i < data.length() && Character.isLetter(data.charAt(i));
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                String name = data.substring(start, i);
                String folded = name.toLowerCase(Locale.ROOT);
                for (String verb : List.of("delete", "destroy", "remove", "purge", "terminate")) {
                    String capital = Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
                    if (folded.startsWith(verb) || name.endsWith(capital)) {
                        return true;
                    }
                }
                start = -1;
            }
        }
        return false;
    }
}

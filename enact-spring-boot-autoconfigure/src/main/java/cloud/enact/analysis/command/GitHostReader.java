package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the command lines of git hosts (gh, glab, hub) and calls of their interfaces on the web. */
final class GitHostReader {

    private static final Set<String> HUB = Set.of("api", "pr", "issue", "release", "ci-status", "browse", "delete");

    private static final Set<String> WITH_VALUE = Set.of(
            "R",
            "repo",
            "X",
            "method",
            "f",
            "F",
            "field",
            "raw-field",
            "input",
            "H",
            "header",
            "hostname",
            "q",
            "jq",
            "t",
            "template",
            "b",
            "body",
            "subject",
            "branch",
            "source",
            "match-head-commit",
            "body-file");

    /** Of curl and its likes. */
    private static final Set<String> WEB_WITH_VALUE = Set.of(
            "X",
            "request",
            "H",
            "header",
            "d",
            "data",
            "data-raw",
            "data-binary",
            "json",
            "u",
            "user",
            "o",
            "output",
            "url",
            "A",
            "user-agent",
            "m",
            "max-time",
            "b",
            "cookie",
            "F",
            "form",
            "T",
            "upload-file",
            "e",
            "w",
            "x");

    private static final Set<String> WEB = Set.of("curl", "http", "https", "xh", "curlie");

    private static final String[] FIELDS = {"f", "F", "field", "raw-field"};

    private static final String[] WEB_FIELDS = {"d", "data", "data-raw", "data-binary", "json"};

    private final GitReading reading = new GitReading();

    private final GitReading.Session session;

    GitHostReader(GitReading.Session session) {
        this.session = session;
    }

    /** Reads a call; {@code null} when it has nothing to do with git. */
    @Nullable
    GitReading read(String program, List<ShellWord> arguments) {
        if (program.equals("hub")
                && !arguments.isEmpty()
                && !HUB.contains(arguments.get(0).text())) {
            return new GitReader(this.session).read(arguments, Map.of());
        }
        boolean web = WEB.contains(program);
        GitWords words = new GitWords(arguments, web ? WEB_WITH_VALUE : WITH_VALUE);
        if (words.asksForHelp() && !web) {
            return null;
        }
        List<String> operands = words.operands().stream().map(ShellWord::text).toList();
        if (web) {
            readWeb(program, words, operands);
        } else if (operands.size() > 1) {
            this.reading.subcommand(operands.get(0) + " " + operands.get(1));
            if (operands.get(0).equals("api")) {
                readCall(
                        method(words, words.has("input") || words.has(FIELDS)), operands.get(1), fields(words, FIELDS));
            } else {
                readCommand(operands.get(0), operands.get(1), words);
            }
        }
        return this.reading.effects().isEmpty() ? null : this.reading;
    }

    private void readCommand(String thing, String verb, GitWords words) {
        boolean request = thing.equals("pr") || thing.equals("mr");
        if (request && (verb.equals("merge") || verb.equals("accept")) && !words.has("disable-auto")) {
            this.reading.mergeInto("*");
        }
        this.reading.addIf(
                request
                        && words.has("d", "delete-branch", "remove-source-branch")
                        && Set.of("merge", "accept", "close").contains(verb),
                GitEffect.DELETES_BRANCH);
        if (thing.equals("repo") || thing.equals("project")) {
            this.reading.addIf(verb.equals("delete"), GitEffect.DELETES_BRANCH);
            this.reading.addIf(verb.equals("delete"), GitEffect.LOSES_HISTORY);
            this.reading.addIf(verb.equals("sync") && words.has("force"), GitEffect.REWRITES_REMOTE);
        }
    }

    private void readWeb(String program, GitWords words, List<String> operands) {
        List<String> addresses = new ArrayList<>(operands);
        words.values("url").forEach(word -> addresses.add(word.text()));
        String first = operands.isEmpty() ? "" : operands.get(0).toUpperCase(Locale.ROOT);
        boolean verbFirst = Set.of("DELETE", "PUT", "PATCH", "POST").contains(first) && !program.equals("curl");
        for (String address : addresses) {
            String small = address.toLowerCase(Locale.ROOT);
            boolean api = small.contains("api.github.com/")
                    || small.contains("/api/v3/")
                    || small.contains("/api/v4/projects/")
                    || small.contains("/api/graphql");
            if (api) {
                String method = verbFirst ? first : method(words, words.has(WEB_FIELDS));
                readCall(method, address, fields(words, WEB_FIELDS));
            }
        }
    }

    private static String method(GitWords words, boolean fields) {
        List<ShellWord> methods = words.values("X", "method", "request");
        return methods.isEmpty()
                ? (fields ? "POST" : "GET")
                : methods.get(methods.size() - 1).text().toUpperCase(Locale.ROOT);
    }

    /** Fields as lines {@code name=value}, JSON with its marks taken out. */
    private static List<String> fields(GitWords words, String... names) {
        List<String> fields = new ArrayList<>();
        for (ShellWord word : words.values(names)) {
            StringBuilder plain = new StringBuilder(word.text().length());
            for (char c : word.text().toCharArray()) {
                if (c == ',' || c == '{' || c == '}') {
                    plain.append('\n');
                } else if (c == ':' && plain.indexOf("=") < 0
                        || c == ':' && word.text().startsWith("{")) {
                    plain.append('=');
                } else if (c != '"' && c != ' ') {
                    plain.append(c);
                }
            }
            fields.addAll(plain.toString().lines().toList());
        }
        return fields;
    }

    private static @Nullable String field(List<String> fields, String name) {
        for (String field : fields) {
            if (field.startsWith(name + "=")) {
                return field.substring(name.length() + 1);
            }
        }
        return null;
    }

    private void readCall(String method, String address, List<String> fields) {
        int query = address.indexOf('?');
        int end = (query < 0) ? address.length() : query;
        while (end > 0 && address.charAt(end - 1) == '/') {
            end--;
        }
        String path = address.substring(0, end);
        if (path.endsWith("graphql")) {
            readGraph(String.join("\n", fields));
            return;
        }
        boolean deletes = method.equals("DELETE");
        boolean writes = deletes || !method.equals("GET") && !method.equals("HEAD");
        String ref = after(path, "/git/refs/");
        String branch = (ref != null) ? ref : after(path, "/repository/branches/");
        if (!writes) {
            return;
        }
        if (branch != null) {
            boolean forced = "true".equals(field(fields, "force"));
            String target = ref != null && ref.startsWith("tags/") ? "refs/" + ref : GitRefs.branch(branch);
            this.reading.push(new PushTarget(target, false, forced, deletes));
        } else if (path.endsWith("/git/refs")) {
            String name = field(fields, "ref");
            this.reading.push(new PushTarget((name != null) ? GitRefs.branch(name) : "HEAD", false, false, false));
        } else if (path.contains("/contents/") || path.contains("/repository/files/")) {
            String name = field(fields, "branch");
            this.reading.push(new PushTarget((name != null) ? GitRefs.branch(name) : "HEAD", false, false, false));
        } else if (path.endsWith("/merge") && (path.contains("/pulls/") || path.contains("/merge_requests/"))) {
            this.reading.mergeInto("*");
        } else if (path.endsWith("/merges")) {
            String base = field(fields, "base");
            this.reading.mergeInto((base != null) ? GitRefs.branch(base) : "*");
        } else if (deletes && isRepository(path)) {
            this.reading.add(GitEffect.DELETES_BRANCH);
            this.reading.add(GitEffect.LOSES_HISTORY);
        }
    }

    private static boolean isRepository(String path) {
        String repository = after("/" + path, "/repos/");
        String project = after(path, "/api/v4/projects/");
        return repository != null && repository.chars().filter(c -> c == '/').count() == 1
                || project != null && project.indexOf('/') < 0;
    }

    private void readGraph(String query) {
        if (query.contains("mergePullRequest") || query.contains("mergeBranch")) {
            this.reading.mergeInto("*");
        }
        this.reading.addIf(query.contains("deleteRef"), GitEffect.DELETES_BRANCH);
        if (query.contains("createCommitOnBranch") || query.contains("updateRef")) {
            this.reading.push(new PushTarget("HEAD", false, query.contains("force=true"), false));
        }
    }

    private static @Nullable String after(String path, String marker) {
        int at = path.indexOf(marker);
        return (at >= 0 && at + marker.length() < path.length()) ? path.substring(at + marker.length()) : null;
    }
}

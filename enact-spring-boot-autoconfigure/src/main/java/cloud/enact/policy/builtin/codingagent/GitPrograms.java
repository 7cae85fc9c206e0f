package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.GitSettings;
import cloud.enact.analysis.shell.ShellCommand;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Settings of git that start a program from elsewhere, or lead it to somebody else, at every later call. */
final class GitPrograms {

    /** They hand out what somebody has logged in with before. */
    private static final List<String> KNOWN_HELPERS =
            List.of("gh auth", "glab auth", "aws codecommit", "gcloud", "git-credential", "/usr/", "/opt/homebrew/");

    private static final Set<String> EVERYWHERE = Set.of("--global", "--system");

    private GitPrograms() {}

    static boolean areSet(ShellCommand command) {
        List<String> argv = command.argv();
        int config = argv.indexOf("config");
        if (!command.name().equals("git") || config < 0) {
            return false;
        }
        List<String> operands = argv.subList(config + 1, argv.size()).stream()
                .filter(word -> !word.startsWith("-") && !word.equals("set"))
                .limit(2)
                .toList();
        if (operands.size() < 2) {
            return false;
        }
        String key = GitSettings.key(operands.get(0));
        String value = operands.get(1).toLowerCase(Locale.ROOT);
        boolean everywhere = argv.stream().anyMatch(EVERYWHERE::contains);
        if (key.endsWith(".insteadof") || key.endsWith(".pushinsteadof")) {
            String to = host(key.substring(key.indexOf('.') + 1, key.lastIndexOf('.')));
            return !to.isEmpty() && !host(value).isEmpty() && !to.equals(host(value));
        }
        if (key.startsWith("credential.") && key.endsWith(".helper") && value.startsWith("store")) {
            // into a file that everything on the machine can read
            return true;
        }
        if (key.equals("http.sslverify")) {
            return everywhere && Set.of("false", "0", "no", "off").contains(value);
        }
        if (!GitSettings.runsProgram(key, operands.get(1)) || key.startsWith("alias.")) {
            return false;
        }
        if (key.endsWith(".hookspath")) {
            return everywhere || isElsewhere(value);
        }
        String program = value.startsWith("!") ? value : value.split(" ", 2)[0];
        boolean helper = key.endsWith(".helper") && KNOWN_HELPERS.stream().anyMatch(value::contains);
        return !helper && (program.startsWith("!") || isElsewhere(program) && !program.startsWith("/usr/"));
    }

    private static boolean isElsewhere(String path) {
        return path.startsWith("/") || path.startsWith("~") || path.startsWith("..") || path.startsWith("$");
    }

    /** {@code git@host:}, {@code ssh://git@host/} and {@code https://host/} name the same one. */
    private static String host(String address) {
        String rest = address.substring(address.indexOf("://") < 0 ? 0 : address.indexOf("://") + 3);
        rest = rest.substring(rest.indexOf('@') + 1);
        int end = 0;
        while (end < rest.length() && "/:".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }
}

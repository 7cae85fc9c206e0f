package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Elsewhere;
import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.analysis.path.SecretFiles;
import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands that write a secret to where the agent reads it; handing one to a program that needs it is none. */
final class ShownSecrets {

    private static final CredentialDetector NAMES = new CredentialDetector();

    private static final Set<String> LISTERS = Set.of("env", "printenv", "set", "export", "declare", "history", "fc");

    private static final Set<String> SEARCHERS = Set.of("grep", "egrep", "fgrep", "rg", "ag", "ack", "awk", "sed");

    /** Hand on what they get as it is, or so that anybody can read it. */
    private static final Set<String> FILTERS =
            Set.of("cat tac base64 base32 xxd od hexdump tee head tail cut tr rev fold less more nl jq yq sed awk grep"
                    .split(" "));

    private static final Set<String> SECRET_WORDS =
            Set.of(("token tokens secret secrets password passwords passwd pass pwd credential credentials key keys "
                            + "apikey auth bearer")
                    .split(" "));

    private static final String VARIABLE = "process.env.";

    private static final List<String> ENVIRONMENTS = List.of(
            "dict(os.environ)",
            "print(os.environ)",
            "console.log(process.env)",
            "JSON.stringify(process.env)",
            "puts ENV.to_h",
            "p ENV");

    private static final String INSTEAD = " Let the program that needs it read it by itself.";

    private ShownSecrets() {}

    /**
     * What is shown, as a reason; or {@code null}.
     *
     * @param stored whether all secrets count that a store hands out one by one, or only those of production
     */
    static @Nullable String in(ShellFacts shell, boolean stored) {
        boolean[] handedOn = new boolean[shell.commands().size()];
        for (List<Integer> pipeline : shell.pipelines()) {
            for (int i = 0; i + 1 < pipeline.size(); i++) {
                ShellCommand next = shell.commands().get(pipeline.get(i + 1));
                ShellCommand command = shell.commands().get(pipeline.get(i));
                handedOn[pipeline.get(i)] |= !FILTERS.contains(next.name());
                if (lists(command) && searches(next)) {
                    return "The command looks for secrets in what the shell knows." + INSTEAD;
                }
            }
        }
        for (int i = 0; i < shell.commands().size(); i++) {
            ShellCommand command = shell.commands().get(i);
            boolean shown = !handedOn[i]
                    && command.context() != ShellCommand.Context.SUBSTITUTION
                    && command.redirections().stream().noneMatch(redirection -> redirection.writes());
            if (shown
                    && (showsVariable(command)
                            || showsToken(command)
                            || showsService(command)
                            || showsStored(command, stored))) {
                return "The command shows a secret." + INSTEAD;
            }
        }
        return shell.inlineCode().stream().anyMatch(ShownSecrets::shows)
                ? "The code shows secrets of the environment." + INSTEAD
                : null;
    }

    /** All variables of the environment, or, as {@code node -p process.env.API_TOKEN} does, one that is secret. */
    private static boolean shows(InlineCode code) {
        String text = code.text().strip();
        boolean one = text.startsWith(VARIABLE) && NAMES.isSecretName(text.substring(VARIABLE.length()));
        return one || ENVIRONMENTS.stream().anyMatch(text::contains);
    }

    private static boolean lists(ShellCommand command) {
        return LISTERS.contains(command.name())
                && command.arguments().stream().allMatch(word -> word.text().startsWith("-"));
    }

    private static boolean searches(ShellCommand command) {
        if (!SEARCHERS.contains(command.name()) || command.hasFlag("q", "quiet", "c", "count", "v")) {
            return false;
        }
        for (ShellWord word : command.arguments()) {
            for (String part : word.text().toLowerCase(Locale.ROOT).split("[^a-z]+", 64)) {
                if (SECRET_WORDS.contains(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code echo $API_TOKEN}, {@code printenv API_TOKEN}. */
    private static boolean showsVariable(ShellCommand command) {
        if (command.name().equals("printenv")) {
            return command.arguments().stream().anyMatch(word -> NAMES.isSecretName(word.text()));
        }
        if (!command.name().equals("echo") && !command.name().equals("printf")) {
            return false;
        }
        return command.arguments().stream().anyMatch(word -> word.dynamic() && namesSecret(word.text()));
    }

    private static boolean namesSecret(String text) {
        for (int at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
            int start = text.startsWith("{", at + 1) ? at + 2 : at + 1;
            int end = start;
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
            // ${TOKEN:+set} says only whether there is one
            boolean whether = start == at + 2 && (text.startsWith(":+", end) || text.startsWith("+", end));
            if (end > start && !whether && NAMES.isSecretName(text.substring(start, end))) {
                return true;
            }
        }
        return false;
    }

    /** Programs that print what somebody logs in with. */
    private static boolean showsToken(ShellCommand command) {
        if (RiskyCalls.SECRETS.hold(command)) {
            return true;
        }
        List<String> argv = command.argv();
        return switch (command.name()) {
            case "sqlite3" -> command.arguments().stream().anyMatch(word -> SecretFiles.kind(word.text(), "") != null);
            case "gh", "glab", "hub" ->
                argv.contains("auth")
                        && (argv.contains("token") || argv.contains("status") && command.hasFlag("t", "show-token"));
            case "git" ->
                argv.size() > 2
                        && argv.get(1).equals("credential")
                        && argv.get(2).equals("fill");
            case "npm", "pnpm" ->
                argv.size() > 2 && argv.get(1).equals("token") && argv.get(2).equals("create");
            case "kubectl", "oc", "k" ->
                argv.contains("get")
                        && argv.stream().anyMatch(ShownSecrets::isSecretOfCluster)
                        && argv.stream().anyMatch(ShownSecrets::isWholeOutput);
            default -> false;
        };
    }

    private static boolean showsStored(ShellCommand command, boolean all) {
        return RiskyCalls.STORED_SECRETS.hold(command) && (all || CallRows.nameProduction(command));
    }

    /** {@code docker exec web env}: what a service is told, its passwords included. */
    private static boolean showsService(ShellCommand command) {
        boolean lists = Set.of("env", "printenv").contains(command.name())
                && command.arguments().isEmpty();
        return lists && Elsewhere.runs(command)
                || (command.argv().contains("inspect") || command.name().equals("jq"))
                        && command.argv().stream().anyMatch(word -> word.contains("Config.Env"));
    }

    private static boolean isSecretOfCluster(String word) {
        return word.equals("secret") || word.equals("secrets") || word.startsWith("secret/");
    }

    private static boolean isWholeOutput(String word) {
        String form = word.substring(word.lastIndexOf('=') < 0 ? 0 : word.indexOf('=') + 1);
        return List.of("yaml", "json", "jsonpath", "go-template", "-ojson", "-oyaml", "custom-columns").stream()
                .anyMatch(kind -> form.startsWith(kind) || word.startsWith("-o" + kind) || word.startsWith(kind));
    }
}

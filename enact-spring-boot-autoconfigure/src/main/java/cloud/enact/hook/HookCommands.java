package cloud.enact.hook;

import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in command lines what would change which hooks ask the guard, or start an agent that asks it with none. */
final class HookCommands {

    private static final String PACKAGE = "@anthropic-ai/claude-code";

    private static final Set<String> WITHOUT_HOOKS = Set.of("bare", "safe-mode", "settings", "setting-sources");

    /** They say where an agent finds its settings, or that it reads none. */
    private static final Set<String> SETTINGS = Set.of("CLAUDE_CONFIG_DIR", "CLAUDE_CODE_SIMPLE");

    /** With another value of these an agent has other settings, is another program, or asks somebody else. */
    private static final Set<String> SURROUNDINGS = Set.of(
            "HOME",
            "USERPROFILE",
            "NODE_OPTIONS",
            "LD_PRELOAD",
            "DYLD_INSERT_LIBRARIES",
            "http_proxy",
            "HTTP_PROXY",
            "https_proxy",
            "HTTPS_PROXY",
            "all_proxy",
            "ALL_PROXY");

    private static final Set<String> ASSIGNING =
            Set.of("export", "declare", "typeset", "set", "setx", "readonly", "local", "unset", "env");

    /** Programs that do nothing with what they are given but show, search or keep it. */
    private static final Set<String> TEXT_PROGRAMS = Set.of(
            "", "echo", "printf", "grep", "egrep", "fgrep", "rg", "ag", "ack", "sed", "awk", "cat", "ls", "git", "gh",
            "glab", "jq", "yq", "tee", "touch", "mkdir", "read", "cd", "test", "[", "[[", "true", ":");

    private static final Set<String> HOOK_CHANGES = Set.of("remove", "install");

    /** What the command line of the guard does beside changing hooks. */
    private static final Set<String> OTHER_COMMANDS = Set.of(
            "receipts", "verify", "rollback", "reconcile", "console", "encryption", "postgres", "report", "policies");

    private static final Set<String> FOR_PEOPLE = Set.of("reconcile", "console", "encryption");

    private static final Map<String, Set<String>> PARTLY_FOR_PEOPLE =
            Map.of("rollback", Set.of("run"), "postgres", Set.of("install", "remove", "prune"));

    private HookCommands() {}

    /** What is wrong with the commands, as the end of a sentence about the call, or {@code null}. */
    static @Nullable String objection(ShellFacts shell) {
        boolean elsewhere = false;
        boolean starts = false;
        for (ShellCommand command : shell.commands()) {
            if (!TEXT_PROGRAMS.contains(command.name()) && changesHooks(command)) {
                return "would change the hooks of the guard";
            }
            if (isOwn(command) && isForPeople(command)) {
                return "would do with the guard what is for people";
            }
            boolean agent = isAgent(command);
            starts |= agent;
            elsewhere |= assigns(command, SURROUNDINGS);
            if (assigns(command, SETTINGS) || agent && command.flags().stream().anyMatch(WITHOUT_HOOKS::contains)) {
                return "would start an agent without the hooks of the guard";
            }
        }
        if (starts && elsewhere) {
            return "would start an agent without the hooks of the guard";
        }
        for (InlineCode code : shell.inlineCode()) {
            if (SETTINGS.stream().anyMatch(code.text()::contains)) {
                return "would start an agent without the hooks of the guard";
            }
            if (changesHooks(code.text())) {
                return "would change the hooks of the guard";
            }
        }
        return null;
    }

    private static boolean isAgent(ShellCommand command) {
        return command.name().equals("claude") || command.argv().stream().anyMatch(word -> word.contains(PACKAGE));
    }

    private static boolean assigns(ShellCommand command, Set<String> variables) {
        return command.assignments().keySet().stream().anyMatch(variables::contains)
                || ASSIGNING.contains(command.name())
                        && command.arguments().stream()
                                .map(word -> word.text().split("=", 2)[0])
                                .anyMatch(variables::contains);
    }

    /** The command line of the guard itself, whatever starts it. */
    private static boolean changesHooks(ShellCommand command) {
        List<String> words = command.argv();
        int hooks = words.indexOf("hooks");
        if (hooks >= 0
                && words.contains("claude-code")
                && words.subList(hooks, words.size()).stream().anyMatch(HOOK_CHANGES::contains)) {
            return true;
        }
        return isOwn(command)
                && (hooks >= 0 || words.stream().noneMatch(OTHER_COMMANDS::contains))
                && isPartlyUnknown(command);
    }

    /** What changes what the guard keeps, or takes back what was done; what only reads is for everybody. */
    private static boolean isForPeople(ShellCommand command) {
        String verb = "";
        if (command.hasFlag("help", "version")) {
            return false;
        }
        for (ShellWord word : command.arguments()) {
            String text = word.text();
            if (verb.isEmpty()) {
                if (FOR_PEOPLE.contains(text)) {
                    return true;
                }
                verb = OTHER_COMMANDS.contains(text) || text.equals("hooks") ? text : "";
            } else if (PARTLY_FOR_PEOPLE.containsKey(verb)) {
                if (PARTLY_FOR_PEOPLE.get(verb).contains(text) || word.dynamic() && !text.startsWith("-")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOwn(ShellCommand command) {
        return command.name().equals("enact")
                || command.argv().stream()
                        .anyMatch(word -> word.contains("enact") && word.endsWith("cli.jar")
                                || word.endsWith("cloud.enact.cli.EnactCli"));
    }

    /** Whether some of its words are known only when it runs. */
    private static boolean isPartlyUnknown(ShellCommand command) {
        return command.arguments().stream().anyMatch(ShellWord::dynamic)
                || command.wrappers().stream()
                        .anyMatch(wrapper -> wrapper.startsWith("xargs") || wrapper.startsWith("parallel"));
    }

    private static boolean changesHooks(String code) {
        return code.contains("hooks")
                && code.contains("claude-code")
                && HOOK_CHANGES.stream().anyMatch(code::contains);
    }
}

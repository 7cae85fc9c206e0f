package cloud.enact.hook;

import cloud.enact.analysis.shell.InlineCode;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds in command lines what would end the guard, reach it, unset its token, or start an agent without hooks. */
final class GuardCommands {

    private static final Set<String> KILLERS =
            Set.of("kill", "pkill", "killall", "skill", "taskkill", "stop-process", "spps", "fuser", "kill-port");

    private static final Set<String> FINDERS = Set.of(
            "pgrep",
            "pidof",
            "lsof",
            "fuser",
            "ss",
            "netstat",
            "jps",
            "ps",
            "grep",
            "egrep",
            "rg",
            "awk",
            "get-process",
            "gps");

    private static final Set<String> BY_NAME = Set.of("pidof", "rg", "awk", "get-process", "gps");

    private static final Set<String> DEBUGGERS = Set.of(
            "gdb",
            "lldb",
            "strace",
            "ltrace",
            "jcmd",
            "jmap",
            "jdb",
            "jattach",
            "jinfo",
            "prlimit",
            "cpulimit",
            "renice",
            "nsenter",
            "criu",
            "jstack",
            "jhsdb",
            "jconsole",
            "gcore",
            "reptyr",
            "perf",
            "taskset",
            "chrt",
            "ionice",
            "wmic");

    private static final Set<String> PORT_CLOSERS =
            Set.of("iptables", "ip6tables", "nft", "ufw", "pfctl", "firewall-cmd", "netsh", "tcpkill");

    private static final Set<String> MANAGERS = Set.of(
            "systemctl",
            "service",
            "launchctl",
            "sc",
            "docker",
            "podman",
            "nerdctl",
            "kubectl",
            "supervisorctl",
            "pm2");

    private static final Set<String> ENDS = Set.of(
            "stop", "kill", "restart", "reload", "disable", "mask", "rm", "remove", "delete", "pause", "unload",
            "bootout", "down", "scale");

    private static final Set<String> TEXT_PROGRAMS = Set.of(
            "", "echo", "printf", "true", ":", "test", "[", "[[", "grep", "egrep", "fgrep", "rg", "ag", "ack", "sed",
            "awk", "cat", "ls", "git", "gh", "glab", "export", "jq", "yq", "tee", "touch", "mkdir", "read", "cd");

    /** Some of those, when an address is all they are given. */
    private static final Set<String> SPEAK_AS_WELL = Set.of("git", "gh", "glab", "tee", "sed", "awk");

    private static final List<String> VARIABLES =
            List.of("ENACT_HOOK_TOKEN", "ENACT_SECRET", "ENACT_ENCRYPTION_KEY", "ENACT_FREEZE");

    private static final Set<String> VARIABLE_PROGRAMS =
            Set.of("printenv", "unset", "export", "declare", "typeset", "set", "setx", "env", "readonly", "local");

    /** Zeros and signs do not make it another number. */
    private static final Pattern NUMBER = Pattern.compile("^[-+]?0*([0-9]+)$");

    private final String pid;

    private final GuardPort port;

    private final String ownCommand;

    GuardCommands(GuardPlaces places) {
        this.pid = Long.toString(places.pid());
        this.port = new GuardPort(places.ports(), places.hosts());
        this.ownCommand = places.commandLine().toLowerCase(Locale.ROOT);
    }

    /** What is wrong with the commands, as the end of a sentence about the call, or {@code null}. */
    @Nullable
    String objection(ShellFacts shell) {
        String ofHooks = HookCommands.objection(shell);
        if (ofHooks != null) {
            return ofHooks;
        }
        boolean findsGuard = false;
        boolean kills = false;
        for (ShellCommand command : shell.commands()) {
            String objection = objection(command);
            if (objection != null) {
                return objection;
            }
            kills |= KILLERS.contains(command.name());
            findsGuard |= FINDERS.contains(command.name())
                    && command.arguments().stream()
                            .anyMatch(word -> this.port.isNumberIn(word.text())
                                    || command.name().endsWith("grep") && isOwn(word.text())
                                    || BY_NAME.contains(command.name()) && isOwn(word.text()));
            findsGuard |= command.name().equals("jps");
        }
        for (InlineCode code : shell.inlineCode()) {
            kills |= code.text().contains("kill");
            findsGuard |= code.language().equals("awk") && looksFor(code.text());
        }
        if (kills && findsGuard) {
            return "would end the process of the guard";
        }
        for (InlineCode code : shell.inlineCode()) {
            if (this.port.isReachedByCode(code.text())) {
                return "would speak to the guard itself";
            }
            if (code.text().contains("kill") && isPid(code.text())) {
                return "would end the process of the guard";
            }
            if (VARIABLES.stream().anyMatch(code.text()::contains)) {
                return "would touch a secret of the guard";
            }
        }
        return null;
    }

    private @Nullable String objection(ShellCommand command) {
        if (KILLERS.contains(command.name()) && kills(command)) {
            return "would end the process of the guard";
        }
        if (DEBUGGERS.contains(command.name()) && words(command).anyMatch(this::isPid)
                || command.name().equals("jcmd")
                        && words(command).limit(1).anyMatch(word -> word.equals("0") || isOwn(word))) {
            return "would take hold of the process of the guard";
        }
        boolean closes =
                PORT_CLOSERS.contains(command.name()) || command.name().equals("ss") && command.hasFlag("K", "kill");
        if (closes && words(command).anyMatch(this.port::isNumberIn)) {
            return "would close the port of the guard";
        }
        if (MANAGERS.contains(command.name())
                && words(command).anyMatch(ENDS::contains)
                && words(command).anyMatch(word -> word.toLowerCase(Locale.ROOT).contains("enact"))) {
            return "would end the guard";
        }
        if (touchesVariable(command)) {
            return "would touch a secret or a switch of the guard";
        }
        if (!TEXT_PROGRAMS.contains(command.name())
                && (words(command).anyMatch(this.port::isReachedBy) || this.port.isReachedByWords(command.argv()))) {
            return "would speak to the guard itself";
        }
        if (SPEAK_AS_WELL.contains(command.name())
                && words(command).anyMatch(word -> word.indexOf(' ') < 0 && this.port.isReachedBy(word))) {
            return "would speak to the guard itself";
        }
        boolean redirected = command.redirections().stream()
                .anyMatch(redirection ->
                        this.port.isReachedByDevice(redirection.target().text()));
        return redirected ? "would speak to the guard itself" : null;
    }

    /** {@code /enact/ {print $2}}. */
    private boolean looksFor(String code) {
        String[] parts = code.split("/", 32);
        for (int i = 1; i + 1 < parts.length; i += 2) {
            if (isOwn(parts[i])) {
                return true;
            }
        }
        return false;
    }

    private static Stream<String> words(ShellCommand command) {
        return command.arguments().stream().map(ShellWord::text);
    }

    /** Whether the id of the process stands in a text as a number of its own. */
    private boolean isPid(String text) {
        return GuardPort.stands(this.pid, text);
    }

    private boolean kills(ShellCommand command) {
        return switch (command.name()) {
            case "kill", "skill", "taskkill", "stop-process", "spps" -> killsProcess(command);
            case "fuser", "kill-port" -> words(command).anyMatch(this.port::isNumberIn);
            case "killall" ->
                command.hasFlag("u", "user") && command.arguments().size() <= 3
                        || words(command).anyMatch(word -> word.equals("java") || !word.startsWith("-") && isOwn(word));
            default ->
                // everything of somebody: pkill -9 -u ana; or all but some; or what nobody started
                command.hasFlag("v", "inverse")
                        || command.hasFlag("P", "parent") && command.argv().contains("1")
                        || command.hasFlag("u", "U", "euid", "uid")
                                && command.arguments().size() <= 3
                        || words(command).anyMatch(word -> !word.startsWith("-") && isOwn(word));
        };
    }

    private boolean killsProcess(ShellCommand command) {
        boolean signal = true;
        for (ShellWord word : command.arguments()) {
            String text = word.text();
            if (NUMBER.matcher(text).replaceFirst("$1").equals(this.pid)
                    || text.equalsIgnoreCase("java")
                    || text.equalsIgnoreCase("java.exe")) {
                return true;
            }
            // everything there is: kill -9 -1, kill -- -1
            if (text.equals("-1") && !(signal && command.arguments().size() > 1)) {
                return true;
            }
            signal = false;
        }
        return false;
    }

    /** Whether a pattern finds the process of the guard: every text in it stands in how that was started. */
    private boolean isOwn(String pattern) {
        for (String alternative : pattern.toLowerCase(Locale.ROOT).split("\\|")) {
            boolean said = false;
            boolean all = true;
            for (String text : alternative.split("[\\^$*+?.()\\[\\]{}\\\\]+")) {
                if (!text.isBlank()) {
                    said = true;
                    all &= this.ownCommand.contains(text);
                }
            }
            if (all && (said || alternative.contains("*") || alternative.equals("."))) {
                return true;
            }
        }
        return false;
    }

    private static boolean touchesVariable(ShellCommand command) {
        if (command.assignments().keySet().stream().anyMatch(VARIABLES::contains)) {
            return true;
        }
        for (ShellWord word : command.words()) {
            for (String variable : VARIABLES) {
                int at = word.text().indexOf(variable);
                if (at < 0) {
                    continue;
                }
                boolean expands =
                        word.dynamic() || at > 0 && "${%:!".indexOf(word.text().charAt(at - 1)) >= 0;
                if (expands || VARIABLE_PROGRAMS.contains(command.name())) {
                    return true;
                }
            }
        }
        return false;
    }
}

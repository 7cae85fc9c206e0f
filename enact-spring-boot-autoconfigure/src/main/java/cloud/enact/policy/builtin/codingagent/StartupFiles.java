package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.HomeDirectories;
import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files whose lines run later, whenever somebody logs in, opens a shell or connects to another machine. */
final class StartupFiles {

    private static final Set<String> OF_SHELLS =
            Set.of((".bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile "
                            + ".zlogin .zlogout .kshrc .cshrc .tcshrc .login .xinitrc .xprofile .xsession .xsessionrc "
                            + "config.fish microsoft.powershell_profile.ps1 profile.ps1")
                    .split(" "));

    /** Directories of a home in which each file is started. */
    private static final List<List<String>> STARTED = List.of(
            List.of(".config", "systemd", "user"),
            List.of(".local", "share", "systemd", "user"),
            List.of(".config", "autostart"),
            List.of("library", "launchagents"),
            List.of("library", "launchdaemons"),
            List.of("start menu", "programs", "startup"));

    private static final List<List<String>> OF_SSH =
            List.of(List.of(".ssh", "config"), List.of(".ssh", "rc"), List.of(".ssh", "environment"));

    /** Words with which lines begin that say where programs are, and start what those print. */
    private static final Set<String> HARMLESS = Set.of(
            ("export eval source . [ [[ if fi then else elif test command autoload setopt bindkey complete compinit "
                            + "compdef umask zstyle fpath shopt bind nvm set typeset unsetopt plugins path")
                    .split(" "));

    /** What nobody means when he types one of these must not run in its place. */
    private static final Set<String> TYPED = Set.of(
            ("sudo su ssh scp git gh cd ls cat rm cp mv passwd login curl docker kubectl npm python python3 node java "
                            + "mvn make")
                    .split(" "));

    private static final List<String> RISKY = List.of(
            "curl ",
            "wget ",
            "/dev/tcp",
            "http://",
            "https://",
            "base64",
            "ld_preload",
            "ld_library_path",
            "dyld_",
            "prompt_command",
            "bash_env",
            " nc ",
            "ncat ",
            "nohup ",
            "/tmp/",
            "sudo",
            "rm -",
            "$(cat ",
            "trap ",
            "python -c",
            "python3 -c",
            "perl -e",
            "() {",
            "(){",
            "history");

    /** One of them stands in every path to such a file. */
    private static final List<String> MARKS = List.of(
            "rc",
            "profile",
            "login",
            "logout",
            "aliases",
            "env",
            "xsession",
            "config",
            "systemd",
            "autostart",
            "launch",
            "startup",
            ".ssh");

    private static final int LONGEST_TEXT = 20_000;

    private StartupFiles() {}

    /** Whether what the command writes into the file runs later, and may be anything. */
    static boolean areChanged(String path, String home, int index, ShellFacts shell) {
        String small = path.toLowerCase(Locale.ROOT);
        if (MARKS.stream().noneMatch(small::contains)) {
            return false;
        }
        for (FilePath reading : FilePath.readings(path, home)) {
            if (isBelow(reading, STARTED) && HomeDirectories.include(reading, home)) {
                return true;
            }
            boolean own = HomeDirectories.include(reading, home) || path.startsWith("~") || path.startsWith("$HOME");
            String text = own ? text(index, shell) : "";
            if (own && isBelow(reading, OF_SSH)) {
                return text == null
                        || text.contains("command")
                        || text.contains("stricthostkeychecking no")
                        || text.contains("environment");
            }
            if (own && OF_SHELLS.contains(reading.last())) {
                return text == null || !isHarmless(text);
            }
        }
        return false;
    }

    private static boolean isBelow(FilePath path, List<List<String>> places) {
        return places.stream().anyMatch(place -> path.isBelow(place.toArray(new String[0])));
    }

    private static boolean isHarmless(String text) {
        if (RISKY.stream().anyMatch(text::contains)) {
            return false;
        }
        return text.lines().map(String::strip).allMatch(StartupFiles::isHarmlessLine);
    }

    private static boolean isHarmlessLine(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return true;
        }
        int end = 0;
        while (end < line.length() && " =(+".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        String word = line.substring(0, end);
        if (word.equals("alias")) {
            String name = line.substring(end).strip().split("=", 2)[0];
            return !TYPED.contains(name);
        }
        boolean assigns = end < line.length()
                && "=+".indexOf(line.charAt(end)) >= 0
                && word.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
        return assigns || HARMLESS.contains(word);
    }

    /** What a command writes, in small letters; {@code null} when it does not show. */
    private static @Nullable String text(int index, ShellFacts shell) {
        ShellCommand command = shell.commands().get(index);
        if (command.name().equals("tee")) {
            return (index > 0) ? written(shell.commands().get(index - 1)) : null;
        }
        return written(command);
    }

    private static @Nullable String written(ShellCommand command) {
        StringBuilder text = new StringBuilder();
        switch (command.name()) {
            case "echo", "printf" ->
                command.arguments().stream()
                        .filter(word ->
                                !word.text().equals("-e") && !word.text().equals("-n"))
                        .forEach(word ->
                                text.append(word.text().replace("\\n", "\n")).append(' '));
            case "cat" -> {
                for (Redirection redirection : command.redirections()) {
                    if (redirection.operator().startsWith("<<")) {
                        text.append(redirection.target().text()).append('\n');
                    }
                }
                if (text.isEmpty()) {
                    return null;
                }
            }
            default -> {
                return null;
            }
        }
        return (text.length() > LONGEST_TEXT) ? null : text.toString().toLowerCase(Locale.ROOT);
    }
}

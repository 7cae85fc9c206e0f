package cloud.enact.policy.builtin;

import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every path in the command lines of a call: files that well-known programs use, and words of others that look so. */
public final class CommandPaths {

    /** Programs whose words are texts, patterns and addresses; of the files they use there are facts. */
    private static final Set<String> OTHER_WORDS = Set.of(
            ("echo printf true false : test [ [[ expr let grep egrep fgrep zgrep rg ag ack awk gawk mawk nawk sed "
                            + "gsed perl ruby jq yq gh glab curl wget http https xh kubectl docker podman")
                    .split(" "));

    private static final int LONGEST = 4096;

    private CommandPaths() {}

    /** The paths as they are written, without those that stand for no file. */
    public static Set<String> in(PolicyInputs inputs) {
        if (!inputs.has(InputName.COMMAND)) {
            return Set.of();
        }
        Set<String> paths = new LinkedHashSet<>();
        for (FileAccess access : inputs.commands().files()) {
            add(paths, access.path().text());
        }
        for (ShellCommand command : inputs.shell().commands()) {
            if (!OTHER_WORDS.contains(command.name())) {
                for (ShellWord word : command.arguments()) {
                    addWord(paths, word.text());
                }
            }
        }
        return paths;
    }

    private static void addWord(Set<String> paths, String text) {
        int equals = text.indexOf('=');
        for (String part : (equals < 0) ? List.of(text) : List.of(text, text.substring(equals + 1))) {
            if (looksLikePath(part)) {
                add(paths, part);
            }
        }
    }

    private static void add(Set<String> paths, String path) {
        if (!path.startsWith("/dev/null") && !path.startsWith("/dev/std") && !path.equals("/dev/tty")) {
            paths.add(path);
        }
    }

    private static boolean looksLikePath(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.indexOf(' ') < 0
                && text.indexOf('\n') < 0
                && (text.charAt(0) == '/'
                        || text.charAt(0) == '~'
                        || text.startsWith("../")
                        || text.equals("..")
                        || text.contains("/../")
                        || text.startsWith("file:")
                        || text.indexOf(":\\") == 1
                        || text.indexOf(":/") == 1
                        || isHomeVariable(text));
    }

    private static boolean isHomeVariable(String text) {
        return text.startsWith("$HOME")
                || text.startsWith("${HOME")
                || text.regionMatches(true, 0, "%userprofile%", 0, 13)
                || text.regionMatches(true, 0, "$env:userprofile", 0, 16);
    }
}

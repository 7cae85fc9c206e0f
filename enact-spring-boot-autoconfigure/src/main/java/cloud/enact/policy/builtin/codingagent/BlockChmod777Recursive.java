package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks making a whole tree of files writable for everybody. */
final class BlockChmod777Recursive extends CommandPolicy {

    static final String NAME = "coding-agent.block-chmod-777-recursive";

    static final String HARM = "Everybody on the machine, and every service, may change every file of a tree.";

    private static final String INSTEAD = " Give rights to the owner alone, as 'chmod -R u+rwX' does.";

    private static final Set<String> PROGRAMS = Set.of("chmod", "setfacl", "icacls", "cacls");

    BlockChmod777Recursive() {
        super(NAME, "No tree is opened to everybody.", "chmod setfacl icacls");
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (ShellCommand command : shell.commands()) {
            if (!PROGRAMS.contains(command.name())) {
                continue;
            }
            boolean many = command.hasFlag("R", "recursive", "Rv")
                    || isForMany(command)
                    || command.arguments().stream()
                            .anyMatch(word -> word.glob() || word.text().equalsIgnoreCase("/t"));
            if (many && opensToAll(command)) {
                return block("The command lets everybody write to a whole tree." + INSTEAD);
            }
            if (command.name().equals("chmod") && locksOut(command)) {
                return ask("The command takes all rights to a whole tree away." + INSTEAD);
            }
            if (command.name().equals("chmod") && opensToAll(command) && isGuarded(command)) {
                return ask("The command lets everybody write to what guards this machine." + INSTEAD);
            }
            if (command.name().equals("chmod")
                    && command.argv().stream().anyMatch(BlockChmod777Recursive::lendsOwner)) {
                return ask("Whoever runs the file gets the rights of its owner." + INSTEAD);
            }
        }
        return null;
    }

    private static boolean locksOut(ShellCommand command) {
        return command.hasFlag("R", "recursive")
                && command.argv().stream()
                        .anyMatch(word ->
                                Set.of("000", "0000", "0", "a-rwx", "ugo-rwx").contains(word));
    }

    /** Keys, files of the system, and the socket with which containers get any rights. */
    private static boolean isGuarded(ShellCommand command) {
        return command.argv().stream()
                .anyMatch(word -> word.startsWith("/etc/")
                        || word.endsWith("docker.sock")
                        || word.contains("/.ssh")
                        || word.contains("/.gnupg")
                        || word.contains("/.aws"));
    }

    private static boolean opensToAll(ShellCommand command) {
        switch (command.name()) {
            case "chmod" -> {
                for (ShellWord word : command.arguments()) {
                    String text = word.text();
                    if (isMode(text)) {
                        return opensToOthers(text);
                    }
                }
                return false;
            }
            case "setfacl" -> {
                return command.argv().stream()
                        .anyMatch(word -> (word.contains("o::") || word.contains("other::"))
                                && word.substring(word.lastIndexOf("::")).contains("w"));
            }
            case "icacls", "cacls" -> {
                return command.argv().stream()
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .anyMatch(word -> (word.startsWith("everyone:") || word.startsWith("*s-1-1-0:"))
                                && Set.of("f", "m", "w").stream()
                                        .anyMatch(right -> word.substring(word.indexOf(':'))
                                                .contains(right)));
            }
            default -> {
                return false;
            }
        }
    }

    /** {@code u+s} and {@code 4755}: the file runs as its owner. */
    private static boolean lendsOwner(String word) {
        boolean number = word.length() > 3 && word.chars().allMatch(c -> c >= '0' && c <= '7');
        if (number) {
            return ((word.charAt(word.length() - 4) - '0') & 4) != 0;
        }
        int sign = Math.max(word.indexOf('+'), word.indexOf('='));
        String who = word.substring(0, Math.max(0, sign));
        return sign >= 0
                && who.chars().allMatch(c -> c == 'u' || c == 'a')
                && word.indexOf('s', sign) > 0
                && word.substring(sign + 1).chars().allMatch(c -> "rwxXst,".indexOf(c) >= 0);
    }

    private static boolean isMode(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '7')
                || text.indexOf('=') >= 0 && !text.startsWith("-")
                || text.indexOf('+') >= 0 && !text.startsWith("-");
    }

    /** Whether others, who are neither owner nor group, may write. */
    private static boolean opensToOthers(String mode) {
        char last = mode.charAt(mode.length() - 1);
        if (mode.chars().allMatch(c -> c >= '0' && c <= '7')) {
            return mode.length() >= 1 && ((last - '0') & 2) != 0;
        }
        for (String clause : mode.split(",")) {
            int sign = Math.max(clause.indexOf('+'), clause.indexOf('='));
            if (sign < 0) {
                continue;
            }
            String who = clause.substring(0, sign);
            boolean others = who.contains("o") || who.contains("a");
            if (others && clause.substring(sign).contains("w")) {
                return true;
            }
        }
        return false;
    }
}

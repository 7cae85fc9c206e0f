package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import java.util.List;
import java.util.Set;

/** Shells with all rights, in which nobody sees what is typed: {@code sudo -i}, {@code sudo su}, {@code doas sh}. */
final class RootShells {

    private static final Set<String> RAISING = Set.of("sudo", "doas", "pkexec", "run0");

    private RootShells() {}

    static boolean areOpened(ShellCommand command) {
        List<String> operands = command.argv().stream()
                .skip(1)
                .filter(word -> !word.startsWith("-"))
                .toList();
        if (RAISING.contains(command.name())) {
            return operands.isEmpty() && command.hasFlag("i", "s", "login", "shell");
        }
        if (command.name().equals("su")) {
            return !command.hasFlag("c", "command") && (operands.isEmpty() || operands.equals(List.of("root")));
        }
        return operands.isEmpty()
                && CodeRunners.isShell(command)
                && command.redirections().isEmpty()
                && command.wrappers().stream().anyMatch(RAISING::contains)
                && !command.hasFlag("c", "s", "version");
    }
}

package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import java.util.Set;

/** Commands after which a file no longer holds what it held. */
final class Emptying {

    private static final Set<String> NOTHING =
            Set.of("if=/dev/null", "if=/dev/zero", "if=/dev/urandom", "if=/dev/random");

    /** Scripts of sed that leave no line. */
    private static final Set<String> ALL_LINES = Set.of("d", "1,$d", "/.*/d", "//d");

    private Emptying() {}

    /** {@code : > file}, {@code cp /dev/null file}, {@code truncate -s 0 file}: nothing is in it afterwards. */
    static boolean isOne(ShellCommand command) {
        boolean fromNothing = command.argv().contains("/dev/null")
                || command.argv().stream().anyMatch(NOTHING::contains)
                || command.redirections().stream()
                        .anyMatch(redirection -> redirection.operator().equals("<")
                                && redirection.target().text().equals("/dev/null"));
        return switch (command.name()) {
            case "", ":", "true" -> command.redirections().stream().noneMatch(Emptying::appends);
            case "truncate" -> true;
            case "echo" -> command.arguments().isEmpty() || fromNothing;
            case "sed", "gsed" ->
                command.hasFlag("i", "in-place") && command.argv().stream().anyMatch(ALL_LINES::contains);
            case "cat", "cp", "install", "ln", "tee", "sponge", "dd" -> fromNothing;
            default -> false;
        };
    }

    /** {@code … > file}, {@code … | tee file}, {@code sed -i … file}: something else is in it. */
    static boolean replaces(ShellCommand command) {
        boolean inPlace = Set.of("sed", "gsed", "perl", "ruby").contains(command.name())
                && command.flags().stream().anyMatch(flag -> flag.equals("i") || flag.equals("in-place"));
        return inPlace
                || command.name().equals("tee") && !command.hasFlag("a", "append")
                || command.redirections().stream()
                        .anyMatch(redirection -> redirection.writes() && !appends(redirection));
    }

    private static boolean appends(Redirection redirection) {
        return redirection.operator().contains(">>");
    }
}

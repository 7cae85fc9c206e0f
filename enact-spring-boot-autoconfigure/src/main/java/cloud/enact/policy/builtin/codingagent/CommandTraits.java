package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;

/**
 * What all words of a command say together; looked at once, for a command may have as many files as words.
 *
 * @param command the command
 * @param empties whether it takes away what is in a file
 * @param toNothing whether it moves something to where nothing is
 * @param harmless whether it only tells what it would do
 */
record CommandTraits(ShellCommand command, boolean empties, boolean toNothing, boolean harmless) {

    static CommandTraits of(ShellCommand command) {
        return new CommandTraits(command, empties(command), command.argv().contains("/dev/null"), isHarmless(command));
    }

    private static boolean isHarmless(ShellCommand command) {
        return command.hasFlag("help", "version", "dry-run")
                || command.hasFlag("n") && command.name().equals("rsync");
    }

    /** {@code : > file}, {@code cp /dev/null file}, {@code truncate -s 0 file}. */
    private static boolean empties(ShellCommand command) {
        boolean fromNothing = command.argv().contains("/dev/null")
                || command.argv().contains("if=/dev/null")
                || command.redirections().stream()
                        .anyMatch(redirection -> redirection.operator().equals("<")
                                && redirection.target().text().equals("/dev/null"));
        return switch (command.name()) {
            case "", ":", "true" ->
                command.redirections().stream()
                        .noneMatch(redirection -> redirection.operator().contains(">>"));
            case "truncate" -> true;
            case "echo" -> command.arguments().isEmpty() || fromNothing;
            case "cat", "cp", "install", "ln", "tee", "sponge", "dd" -> fromNothing;
            default -> false;
        };
    }
}

package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.command.Elsewhere;
import cloud.enact.analysis.shell.ShellCommand;

/**
 * What all words of a command say together; looked at once, for a command may have as many files as words.
 *
 * @param command the command
 * @param elsewhere whether it runs on another machine
 * @param empties whether nothing is in its files afterwards
 * @param replaces whether something else is in its files afterwards
 * @param toNothing whether it moves something to where nothing is
 * @param harmless whether it only tells what it would do
 */
record CommandTraits(
        ShellCommand command,
        boolean elsewhere,
        boolean empties,
        boolean replaces,
        boolean toNothing,
        boolean harmless) {

    static CommandTraits of(ShellCommand command) {
        return new CommandTraits(
                command,
                Elsewhere.runs(command),
                Emptying.isOne(command),
                Emptying.replaces(command),
                command.argv().contains("/dev/null"),
                isHarmless(command));
    }

    private static boolean isHarmless(ShellCommand command) {
        return command.hasFlag("help", "version", "dry-run")
                || command.hasFlag("n") && command.name().equals("rsync");
    }
}

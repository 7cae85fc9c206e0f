package cloud.enact.cli;

import picocli.CommandLine.Command;

/** {@code enact hooks …}: makes coding agents ask the guard. */
@Command(
        name = "hooks",
        mixinStandardHelpOptions = true,
        description =
                "Writes the settings that make a coding agent ask the guard, takes them out, and finds ways past it.",
        synopsisSubcommandLabel = "COMMAND")
final class HooksCommand {}

package cloud.enact.cli;

import picocli.CommandLine.Command;

/** {@code enact report …}: what receipts say all together. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Sums up what is on record.",
        synopsisSubcommandLabel = "COMMAND")
final class ReportCommand {}

package cloud.enact.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits for each lock. */
final class LockTimeoutOption {

    @Option(
            names = "--lock-timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for each lock (default: ${DEFAULT-VALUE}).")
    private int seconds;

    Duration duration() {
        if (this.seconds < 1) {
            throw new CommandException("--lock-timeout is a number from 1 on");
        }
        return Duration.ofSeconds(this.seconds);
    }
}

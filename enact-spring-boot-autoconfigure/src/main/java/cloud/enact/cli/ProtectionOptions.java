package cloud.enact.cli;

import cloud.enact.undo.postgres.CaptureDatabase;
import cloud.enact.undo.postgres.OwnerLogin;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Which tables are captured, and in whose transactions. */
final class ProtectionOptions {

    @Option(
            names = "--protect",
            paramLabel = "SCHEMA.TABLE",
            required = true,
            description = "Tables, where * stands for any characters; may be given several times.")
    private List<String> protect = List.of();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "Role of the application; may be given several times.")
    private List<String> roles = List.of();

    CaptureDatabase in(OwnerLogin login, Duration patience) {
        return new CaptureDatabase(login, this.protect, this.roles, patience);
    }
}

package cloud.enact.cli;

import cloud.enact.receipt.CheckpointKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options with public keys for checkpoints. */
final class CheckpointKeyOptions {

    private static final long MAX_FILE = 64 * 1024;

    @Option(
            names = "--checkpoint-key",
            paramLabel = "KEY",
            description = "Key that checkpoints are verified with, as name+id+key, or a file with such keys, one per"
                    + " line; may be given several times.")
    private List<String> keys = List.of();

    List<CheckpointKey> keys() {
        List<CheckpointKey> parsed = new ArrayList<>();
        for (String key : this.keys) {
            for (String line : lines(key)) {
                try {
                    parsed.add(CheckpointKey.parse(line));
                } catch (IllegalArgumentException ex) {
                    throw new CommandException(
                            "--checkpoint-key is neither a key such as name+id+key nor a file with such keys");
                }
            }
        }
        return parsed;
    }

    private static List<String> lines(String keyOrFile) {
        try {
            Path file = Path.of(keyOrFile);
            if (!Files.isRegularFile(file)) {
                return List.of(keyOrFile);
            }
            if (Files.size(file) > MAX_FILE) {
                throw new CommandException("The file of --checkpoint-key is too large for keys");
            }
            return Files.readString(file)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (InvalidPathException ex) {
            return List.of(keyOrFile);
        } catch (IOException ex) {
            throw new CommandException("The file of --checkpoint-key can't be read");
        }
    }
}

package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary directory in memory where the platform has such a thing, for tests that force files very often. */
final class FastDirectory {

    private static final Path MEMORY = Path.of("/dev/shm");

    private FastDirectory() {}

    static Path create() throws IOException {
        Path made = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "enact")
                : Files.createTempDirectory("enact");
        return made.toRealPath();
    }

    static void delete(Path directory) throws IOException {
        try (Jail jail = Jail.open(directory.getParent(), java.util.List.of())) {
            Trees.delete(jail.top(), directory.getFileName().toString());
        }
    }
}

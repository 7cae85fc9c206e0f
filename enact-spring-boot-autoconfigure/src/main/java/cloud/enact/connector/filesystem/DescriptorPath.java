package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A path to a directory this process has open that leads to the directory itself, whatever happens to its names:
 * Linux offers one per descriptor. It stands in for mkdirat, symlinkat and readlinkat, which Java doesn't have.
 */
final class DescriptorPath {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private DescriptorPath() {}

    /**
     * Finds the path of an open directory.
     *
     * @param key the directory's identity
     * @return the path, or {@code null} where the platform offers none
     */
    static @Nullable Path of(Object key) throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return null;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor, key)) {
                    return descriptor;
                }
            }
        }
        return null;
    }

    /** Whether a path leads to a directory right now. */
    static boolean leadsTo(Path path, Object key) {
        try {
            return key.equals(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException ex) {
            // a descriptor may be closed while it is looked at, and then leads nowhere
            return false;
        }
    }
}

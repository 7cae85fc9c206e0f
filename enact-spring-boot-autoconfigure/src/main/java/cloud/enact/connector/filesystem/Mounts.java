package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where something is mounted, as Linux lists it. A directory of the same device can be mounted, too, and then nothing
 * but this list tells that what is below lies elsewhere.
 */
final class Mounts {

    private static final Path LIST = Path.of("/proc/self/mountinfo");

    /** Which of the words in a line is the place. */
    private static final int PLACE = 4;

    private Mounts() {}

    /** Whether anything is mounted below a directory; nothing is known of platforms without such a list. */
    static boolean anyBelow(String directory) throws IOException {
        String top = escaped(directory) + "/";
        try {
            // a name that is not UTF-8 must not break the reading of all others
            String list = new String(Files.readAllBytes(LIST), StandardCharsets.UTF_8);
            return list.lines()
                    .map(line -> line.split(" "))
                    .anyMatch(words -> words.length > PLACE && words[PLACE].startsWith(top));
        } catch (NoSuchFileException ex) {
            return false;
        }
    }

    /** A path the way the list writes it. */
    private static String escaped(String path) {
        return path.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }
}

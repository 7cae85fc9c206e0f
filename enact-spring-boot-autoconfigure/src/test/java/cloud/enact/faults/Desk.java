package cloud.enact.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of one worker, as text by path: how they are, and how they should be after a change. */
final class Desk {

    private final TreeMap<String, String> files = new TreeMap<>();

    /** What is on disk. */
    static Desk read(Path directory) throws IOException {
        Desk desk = new Desk();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                desk.files.put(directory.relativize(path).toString(), Files.readString(path));
            }
        }
        return desk;
    }

    Map<String, String> files() {
        return this.files;
    }

    /** One digest over paths and contents. */
    String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            this.files.forEach(
                    (path, content) -> digest.update((path + "\0" + content + "\0").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }
}

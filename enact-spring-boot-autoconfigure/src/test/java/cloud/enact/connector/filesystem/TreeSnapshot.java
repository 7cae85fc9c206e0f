package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Everything undo promises about a tree: kinds, bytes, modes, owners, times, link targets. */
record TreeSnapshot(Map<String, String> entries) {

    static TreeSnapshot of(Path root) {
        Map<String, String> entries = new TreeMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes ignored) throws IOException {
                    if (dir.getFileName().toString().equals(Stage.DIRECTORY)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    entries.put(root.relativize(dir).toString(), describe(dir));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) throws IOException {
                    entries.put(root.relativize(file).toString(), describe(file));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
        return new TreeSnapshot(entries);
    }

    /** The same but for the times of directories. */
    TreeSnapshot withoutTimesOfDirectories() {
        Map<String, String> coarse = new TreeMap<>(this.entries);
        coarse.replaceAll(
                (path, words) -> words.startsWith("dir ") ? words.substring(0, words.lastIndexOf(' ')) : words);
        return new TreeSnapshot(coarse);
    }

    private static String describe(Path path) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String common = PosixFilePermissions.toString(attributes.permissions()) + " " + attributes.owner() + " "
                + attributes.group() + " ";
        // times of open directories and of links can be set to the microsecond only
        String coarse = attributes
                .lastModifiedTime()
                .toInstant()
                .truncatedTo(ChronoUnit.MICROS)
                .toString();
        if (attributes.isSymbolicLink()) {
            return "link " + common + coarse + " -> " + Files.readSymbolicLink(path);
        }
        if (attributes.isDirectory()) {
            return "dir " + common + coarse;
        }
        return "file " + common + attributes.lastModifiedTime().toInstant() + " "
                + Sha256.hex(Files.newInputStream(path));
    }
}

package cloud.enact.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A digest over a whole folder: names, kinds, permissions, times of files, link targets and every byte.
 *
 * @param sha256 the digest in hexadecimal, or {@code none} when there is no such folder
 * @param files how many files there are
 * @param folders how many folders, the folder itself included
 * @param links how many symbolic links
 * @param bytes how many bytes all files hold
 */
record TreeDigest(String sha256, int files, int folders, int links, long bytes) {

    static TreeDigest of(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return new TreeDigest("none", 0, 0, 0, 0);
        }
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(folder)) {
            entries = walk.sorted().toList();
        }
        Hash hash = new Hash();
        int files = 0;
        int folders = 0;
        int links = 0;
        long bytes = 0;
        for (Path entry : entries) {
            hash.add(folder.relativize(entry).toString());
            if (Files.isSymbolicLink(entry)) {
                links++;
                hash.add("link to " + Files.readSymbolicLink(entry));
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                folders++;
                hash.add("folder " + permissions(entry));
            } else {
                files++;
                byte[] content = Files.readAllBytes(entry);
                bytes += content.length;
                hash.add("file " + permissions(entry) + " " + Files.getLastModifiedTime(entry));
                hash.add(content);
            }
        }
        return new TreeDigest(hash.hex(), files, folders, links, bytes);
    }

    boolean isThere() {
        return this.folders > 0;
    }

    String describe() {
        return isThere()
                ? "sha256:" + this.sha256.substring(0, 16) + "  " + this.files + " files, " + this.folders
                        + " folders, " + this.links + " link, " + this.bytes + " bytes"
                : "no such folder";
    }

    private static String permissions(Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return (view != null)
                ? PosixFilePermissions.toString(view.readAttributes().permissions())
                : "";
    }
}

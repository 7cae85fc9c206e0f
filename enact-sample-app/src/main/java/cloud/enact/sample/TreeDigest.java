package cloud.enact.sample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        MessageDigest digest = newDigest();
        int files = 0;
        int folders = 0;
        int links = 0;
        long bytes = 0;
        for (Path entry : entries) {
            add(digest, folder.relativize(entry).toString());
            if (Files.isSymbolicLink(entry)) {
                links++;
                add(digest, "link to " + Files.readSymbolicLink(entry));
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                folders++;
                add(digest, "folder " + permissions(entry));
            } else {
                files++;
                byte[] content = Files.readAllBytes(entry);
                bytes += content.length;
                add(digest, "file " + permissions(entry) + " " + Files.getLastModifiedTime(entry));
                add(digest, content);
            }
        }
        return new TreeDigest(HexFormat.of().formatHex(digest.digest()), files, folders, links, bytes);
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

    private static void add(MessageDigest digest, String text) {
        add(digest, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length goes first, so that no two trees run together to the same bytes. */
    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("This JVM has no SHA-256", ex);
        }
    }
}

package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Java tells of a file by its path only: set-user, set-group and sticky bits, how many names it has, and its
 * extended attributes. Links have none of these.
 */
final class Extras {

    /** How many bytes of names and values are captured: a record holds them, not the blob store. */
    private static final int MAX_BYTES = 16 * 1024;

    private Extras() {}

    /**
     * Everything around the content of a file or directory that was seen.
     *
     * @param dir the directory it is in
     * @throws ChangedMeanwhileException when it is another one by now
     */
    static Node.Meta of(Dir dir, String name, Stat stat) throws IOException {
        Node.Meta plain = Node.Meta.of(stat);
        Node.Meta all = dir.byPath(path -> read(path.resolve(name), stat, plain));
        return (all != null)
                ? all
                : new Node.Meta(
                        plain.mode(), plain.modified(), plain.owner(), plain.group(), Node.Meta.UNKNOWN, Map.of());
    }

    /** The text in one extended attribute of what was seen; {@code null} when it has none that can be told. */
    static @Nullable String attribute(Dir dir, String name, String attribute) throws IOException {
        return dir.byPath(path -> {
            try {
                UserDefinedFileAttributeView view = view(path.resolve(name));
                return (view != null) ? new String(read(view, attribute), StandardCharsets.US_ASCII) : null;
            } catch (FileSystemException ex) {
                return null;
            }
        });
    }

    /** Gives a file or directory extended attributes. */
    static void set(Path file, Map<String, String> attributes) throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        UserDefinedFileAttributeView view = view(file);
        if (view == null) {
            throw new IOException("the platform has no extended attributes");
        }
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            view.write(attribute.getKey(), ByteBuffer.wrap(Base64.getDecoder().decode(attribute.getValue())));
        }
    }

    /** Sets a mode with all its bits. */
    static void setMode(Path file, String mode) throws IOException {
        Files.setAttribute(file, "unix:mode", Modes.bits(mode), LinkOption.NOFOLLOW_LINKS);
    }

    private static Node.Meta read(Path file, Stat stat, Node.Meta plain) throws IOException {
        Map<String, Object> seen = Files.readAttributes(file, "unix:fileKey,mode,nlink", LinkOption.NOFOLLOW_LINKS);
        if (!stat.key().equals(seen.get("fileKey"))
                || !(seen.get("mode") instanceof Integer mode)
                || !(seen.get("nlink") instanceof Integer names)) {
            throw new ChangedMeanwhileException();
        }
        // a directory has a name in each one that is in it
        int links = stat.is(Stat.Kind.DIRECTORY) ? 1 : names;
        return new Node.Meta(Modes.text(mode), plain.modified(), plain.owner(), plain.group(), links, attributes(file));
    }

    private static Map<String, String> attributes(Path file) throws IOException {
        UserDefinedFileAttributeView view = view(file);
        Map<String, String> attributes = new TreeMap<>();
        if (view == null) {
            return attributes;
        }
        int bytes = 0;
        try {
            for (String name : view.list()) {
                byte[] value = read(view, name);
                bytes += name.length() + value.length;
                if (bytes > MAX_BYTES) {
                    throw new IOException("it has more than " + MAX_BYTES + " bytes of extended attributes, which can't"
                            + " be captured; nothing was changed");
                }
                attributes.put(name, Base64.getEncoder().encodeToString(value));
            }
        } catch (AccessDeniedException ex) {
            throw ex;
        } catch (FileSystemException ex) {
            // a file system without them says so here first
            if (Files.getFileStore(file).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
                throw new IOException("its extended attributes can't be captured; nothing was changed");
            }
        }
        return attributes;
    }

    private static byte[] read(UserDefinedFileAttributeView view, String name) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        byte[] bytes = new byte[value.flip().remaining()];
        value.get(bytes);
        return bytes;
    }

    private static @Nullable UserDefinedFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}

package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks closely at one name: content, link target, and everything around them. */
final class Snapshots {

    private Snapshots() {}

    /** How the content of a file becomes a digest. */
    @FunctionalInterface
    interface Reader {

        /** Reads to the end and returns the SHA-256 as 64 hexadecimal digits. */
        String read(InputStream content) throws IOException;
    }

    /**
     * Looks at a file or link that is known to be there.
     *
     * @param dir the directory it is in
     * @param stat what was seen under the name
     * @param reader reads the content of a file, such as a digest or a blob store
     * @throws ChangedMeanwhileException when it changes while it is read
     */
    static Node of(Dir dir, String name, Stat stat, Reader reader) throws IOException {
        switch (stat.kind()) {
            case FILE -> {
                String sha256;
                try (FileChannel channel = dir.read(name);
                        InputStream content = Channels.newInputStream(channel)) {
                    sha256 = reader.read(content);
                }
                Node.Meta meta = Extras.of(dir, name, stat);
                Stat.requireSame(stat, dir.look(name));
                return new Node.File(sha256, stat.size(), meta);
            }
            case LINK -> {
                return new Node.Link(linkTarget(dir, name, stat), Node.Meta.of(stat));
            }
            case DIRECTORY -> {
                return new Node.Directory(Extras.of(dir, name, stat));
            }
            default -> {
                return new Node.Other(stat.kind().words());
            }
        }
    }

    /** Java reads links by path only; that the link is still the same afterwards shows that the right one was read. */
    static String linkTarget(Dir dir, String name, Stat stat) throws IOException {
        Path target = dir.byPath(path -> Files.readSymbolicLink(path.resolve(name)));
        if (target == null) {
            throw new IOException("this platform can't read a symbolic link safely; change it by hand");
        }
        Stat.requireSame(stat, dir.look(name));
        if (!target.equals(target.getFileSystem().getPath(target.toString()))) {
            throw new IOException("a symbolic link's target has characters this platform can't encode");
        }
        return target.toString();
    }
}

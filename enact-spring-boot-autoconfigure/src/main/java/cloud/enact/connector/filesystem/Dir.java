package cloud.enact.connector.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. Everything goes through its descriptor, one name at a time and never through a link, so that
 * nothing somebody renames meanwhile can lead elsewhere.
 */
final class Dir implements Closeable {

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);

    private static final int ATTEMPTS = 100;

    /** After so many failures of the same question the answer is believed. */
    private static final int CONVINCING = 5;

    private final SecureDirectoryStream<Path> stream;

    private final FileSystem files;

    /** Where a path to this directory was found last; another thread may have closed what it led through. */
    private volatile @Nullable Path descriptor;

    /** Identities of what belongs to Enact; nothing with one of these is handed out. */
    private final Set<Object> outOfReach;

    private final Opener opener;

    Dir(SecureDirectoryStream<Path> stream, FileSystem files, Set<Object> outOfReach, Opener opener) {
        this.opener = opener;
        this.stream = stream;
        this.files = files;
        this.outOfReach = outOfReach;
    }

    /** Looks at a name; {@code null} when there is nothing. */
    @Nullable
    Stat look(String name) throws IOException {
        Stat stat = peek(name);
        if (stat != null && isOutOfReach(stat)) {
            throw new OutOfReachException();
        }
        return stat;
    }

    /** Looks at a name that may be Enact's own. */
    @Nullable
    Stat peek(String name) throws IOException {
        try {
            return Stat.of(this.stream
                    .getFileAttributeView(path(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes());
        } catch (NoSuchFileException ex) {
            return null;
        }
    }

    boolean isOutOfReach(Stat stat) {
        return this.outOfReach.contains(stat.key());
    }

    /** Looks at the directory itself. */
    Stat self() throws IOException {
        return Stat.of(
                this.stream.getFileAttributeView(PosixFileAttributeView.class).readAttributes());
    }

    /** What is asked of a path to a directory. */
    @FunctionalInterface
    interface Question<T> {

        @Nullable
        T ask(Path directory) throws IOException;
    }

    /**
     * Asks what Java tells by path only; never for changes. The path goes through a descriptor of this directory, and
     * an answer counts only when it still does afterwards.
     *
     * @return the answer, or {@code null} where the platform has no such paths
     */
    <T> @Nullable T byPath(Question<T> question) throws IOException {
        Object key = self().key();
        int failures = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path path = this.descriptor;
            if (path == null || !DescriptorPath.leadsTo(path, key)) {
                path = DescriptorPath.of(key);
                this.descriptor = path;
            }
            if (path == null) {
                return null;
            }
            try {
                T answer = question.ask(path);
                if (DescriptorPath.leadsTo(path, key)) {
                    return answer;
                }
            } catch (IOException ex) {
                // others may have closed the descriptor in between, and opened the directory anew under its number
                if (DescriptorPath.leadsTo(path, key) && ++failures == CONVINCING) {
                    throw ex;
                }
                this.descriptor = null;
            }
        }
        throw new ChangedMeanwhileException();
    }

    /** Opens a directory in this one. */
    Dir sub(String name) throws IOException {
        Stat stat = look(name);
        if (stat == null) {
            throw new NoSuchFileException(null, null, "no such directory");
        }
        if (!stat.is(Stat.Kind.DIRECTORY)) {
            throw new IOException("the path goes through " + stat.kind().words() + ", where a directory is needed");
        }
        // its own entry of itself: opening a pipe that was put in its place would wait for a writer
        Path itself = path(name).resolve(".");
        Dir dir = new Dir(
                this.stream.newDirectoryStream(itself, LinkOption.NOFOLLOW_LINKS),
                this.files,
                this.outOfReach,
                this.opener);
        // which a link may lead to by now
        if (!stat.key().equals(dir.self().key())) {
            dir.close();
            throw new ChangedMeanwhileException();
        }
        return dir;
    }

    /** Opens this directory once more. */
    Dir again() throws IOException {
        return new Dir(
                this.stream.newDirectoryStream(this.files.getPath("."), LinkOption.NOFOLLOW_LINKS),
                this.files,
                this.outOfReach,
                this.opener);
    }

    /** Opens a file; fails on whatever else takes long to open. */
    FileChannel read(String name) throws IOException {
        return open(name, READ);
    }

    /** Opens a file that is there for writing in place. */
    FileChannel write(String name) throws IOException {
        return open(name, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    private FileChannel open(String name, Set<? extends OpenOption> options) throws IOException {
        Path path = path(name);
        return this.opener.open(() -> {
            // through a stream of its own: closing one waits for whatever is being opened through it
            try (SecureDirectoryStream<Path> own =
                    this.stream.newDirectoryStream(this.files.getPath("."), LinkOption.NOFOLLOW_LINKS)) {
                return (FileChannel) own.newByteChannel(path, options);
            }
        });
    }

    /** Makes a new file for writing; fails when the name is taken. */
    FileChannel create(String name) throws IOException {
        return (FileChannel) this.stream.newByteChannel(path(name), CREATE);
    }

    /** Renames, replacing a file of the new name at once. */
    void move(String name, Dir target, String newName) throws IOException {
        try {
            this.stream.move(path(name), target.stream, target.path(newName));
        } catch (AtomicMoveNotSupportedException ex) {
            throw new IOException("the path is on another file system than the root; give that one its own connector");
        }
    }

    void deleteFile(String name) throws IOException {
        this.stream.deleteFile(path(name));
    }

    void deleteDirectory(String name) throws IOException {
        this.stream.deleteDirectory(path(name));
    }

    void setMode(String name, String mode) throws IOException {
        this.stream
                .getFileAttributeView(path(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setPermissions(PosixFilePermissions.fromString(mode));
    }

    /** Sets the directory's own time; the runtime may keep microseconds only. */
    void setModified(FileTime time) throws IOException {
        this.stream.getFileAttributeView(BasicFileAttributeView.class).setTimes(time, null, null);
    }

    /** Forces names in this directory to disk. */
    void force() throws IOException {
        try (FileChannel channel = (FileChannel) this.stream.newByteChannel(this.files.getPath("."), READ)) {
            channel.force(true);
        }
    }

    /** Lists the names in no particular order. */
    Listing list() throws IOException {
        // a stream can be walked once only, so each listing gets its own
        return new Listing(this.stream.newDirectoryStream(this.files.getPath("."), LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public void close() throws IOException {
        this.stream.close();
    }

    private Path path(String name) {
        JailPath.check(name);
        return this.files.getPath(name);
    }

    /** Names in a directory. */
    static final class Listing implements Closeable {

        private final SecureDirectoryStream<Path> stream;

        private final Iterator<Path> entries;

        private Listing(SecureDirectoryStream<Path> stream) {
            this.stream = stream;
            this.entries = stream.iterator();
        }

        /** The next name, or {@code null} at the end. */
        @Nullable
        Path next() throws IOException {
            try {
                return this.entries.hasNext() ? this.entries.next().getFileName() : null;
            } catch (DirectoryIteratorException ex) {
                throw ex.getCause();
            }
        }

        @Override
        public void close() throws IOException {
            this.stream.close();
        }
    }
}

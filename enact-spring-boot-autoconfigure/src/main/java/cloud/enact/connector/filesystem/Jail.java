package cloud.enact.connector.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The root, opened once, and the only way below it. Thread-safe. */
final class Jail implements Closeable {

    /** How long opening a file may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path root;

    private final SecureDirectoryStream<Path> stream;

    private final Opener opener = new Opener(PATIENCE);

    private final Dir top;

    private final List<JailPath> forbidden;

    private final List<JailPath> withSideFiles;

    private final Set<Object> outOfReach;

    private Jail(
            Path root,
            SecureDirectoryStream<Path> stream,
            List<JailPath> forbidden,
            List<JailPath> withSideFiles,
            Set<Object> outOfReach) {
        this.root = root;
        this.stream = stream;
        this.forbidden = List.copyOf(forbidden);
        this.withSideFiles = List.copyOf(withSideFiles);
        this.outOfReach = outOfReach;
        this.top = new Dir(stream, root.getFileSystem(), outOfReach, this.opener);
    }

    /**
     * Opens the root.
     *
     * @param directory an existing directory; a link to one is resolved now and never again
     * @param outOfReach what Enact keeps for itself, below the root or not, there already or not
     * @throws IllegalArgumentException when the platform can't confine operations to a directory, or the directory
     *     can't be a root
     */
    static Jail open(Path directory, Collection<Path> outOfReach) throws IOException {
        return open(directory, outOfReach, List.of());
    }

    /**
     * Opens the root.
     *
     * @param sideFilesOf files whose side files Enact keeps for itself, too
     */
    static Jail open(Path directory, Collection<Path> outOfReach, Collection<Path> sideFilesOf) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("The root of a filesystem connector must be an existing directory");
        }
        Path root = directory.toRealPath();
        if (root.getNameCount() == 0) {
            throw new IllegalArgumentException("The root of the file system confines nothing; name a directory in it");
        }
        List<JailPath> forbidden = new ArrayList<>();
        Set<Object> keys = ConcurrentHashMap.newKeySet();
        for (Path path : outOfReach) {
            Path absolute = settle(path);
            if (root.startsWith(absolute)) {
                throw new IllegalArgumentException("The root of a filesystem connector lies in Enact's own data");
            }
            if (absolute.startsWith(root)) {
                List<String> names = new ArrayList<>();
                root.relativize(absolute).forEach(name -> names.add(name.toString()));
                forbidden.add(new JailPath(names));
            }
            if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
                Object key = Files.readAttributes(absolute, BasicFileAttributes.class)
                        .fileKey();
                if (key != null) {
                    keys.add(key);
                }
            }
        }
        List<JailPath> withSideFiles = new ArrayList<>();
        for (Path path : sideFilesOf) {
            Path absolute = settle(path);
            if (absolute.startsWith(root)) {
                List<String> names = new ArrayList<>();
                root.relativize(absolute).forEach(name -> names.add(name.toString()));
                withSideFiles.add(new JailPath(names));
            }
        }
        DirectoryStream<Path> stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new Jail(root, secure, forbidden, withSideFiles, keys);
        }
        stream.close();
        throw new IllegalArgumentException("This platform can't confine file operations to a directory (Java offers no"
                + " SecureDirectoryStream here): run the filesystem connector on Linux or macOS");
    }

    Path root() {
        return this.root;
    }

    /** The root, open for as long as the jail is; never close it. */
    Dir top() {
        return this.top;
    }

    /** Puts one more thing out of reach, whatever it will be called. */
    void keepOutOf(Object key) {
        this.outOfReach.add(key);
    }

    /**
     * Reads a hostile path.
     *
     * @throws IllegalArgumentException when it leads anywhere it must not
     */
    JailPath parse(String text) {
        JailPath path = JailPath.parse(this.root, text);
        if (isForbidden(path)) {
            throw new IllegalArgumentException("What Enact keeps for itself is out of reach of every operation");
        }
        return path;
    }

    /** Whether a path is Enact's own, or below it. Case is not ignored here: identities catch what differs in case. */
    boolean isForbidden(JailPath path) {
        return this.forbidden.stream().anyMatch(path::startsWith)
                || this.withSideFiles.stream().anyMatch(file -> isSideFile(path, file));
    }

    private static boolean isSideFile(JailPath path, JailPath file) {
        if (path.names().size() != file.names().size() || !path.startsWith(file.parent())) {
            return false;
        }
        return path.name().startsWith(file.name() + "-") || path.name().startsWith(file.name() + ".");
    }

    /**
     * Goes down as far as directories exist.
     *
     * @param path the directory to reach
     */
    Approach approach(JailPath path) throws IOException {
        List<String> modes = new ArrayList<>();
        Dir here = reopenTop();
        try {
            for (int i = 0; i < path.names().size(); i++) {
                String name = path.names().get(i);
                Stat stat = here.look(name);
                if (stat == null) {
                    return new Approach(
                            here, path.names().subList(i, path.names().size()), modes);
                }
                Dir next = here.sub(name);
                here.close();
                here = next;
                modes.add(stat.mode());
            }
            return new Approach(here, List.of(), modes);
        } catch (IOException | RuntimeException ex) {
            here.close();
            throw ex;
        }
    }

    /** Opens a directory, or returns {@code null} when it, or one above it, is not there. */
    @Nullable
    Dir open(JailPath path) throws IOException {
        Approach approach = approach(path);
        if (approach.missing().isEmpty()) {
            return approach.dir();
        }
        approach.close();
        return null;
    }

    @Override
    public void close() throws IOException {
        this.opener.close();
        this.stream.close();
    }

    /** What was allowed was allowed under the root's path, so a root that is elsewhere by now is left alone. */
    private Dir reopenTop() throws IOException {
        if (!DescriptorPath.leadsTo(this.root, this.top.self().key())) {
            throw new RootMovedException();
        }
        return this.top.again();
    }

    /** Resolves the links in the part of a path that exists. */
    private static Path settle(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        Path parent = absolute.getParent();
        return (parent != null) ? settle(parent).resolve(absolute.getFileName()) : absolute;
    }
}

package cloud.enact.hook.claudecode.setup;

import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A file of settings: read as it is, and written whole or not at all, never through a link, with a copy kept.
 * For one thread. */
public final class SettingsFile {

    private static final int LARGEST = 1 << 20;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rw-r--r--");

    private final Path file;

    private final boolean there;

    private final byte[] bytes;

    private final SettingsText text;

    private SettingsFile(Path file, boolean there, byte[] bytes) {
        this.file = file;
        this.there = there;
        this.bytes = bytes;
        this.text = there ? SettingsText.of(bytes, file.toString()) : SettingsText.empty();
    }

    /**
     * Opens a file to change it; it need not be there.
     *
     * @throws SetupException when it, or its folder, is a link, or it holds no settings
     */
    public static SettingsFile toChange(Path named) {
        Path file = named.toAbsolutePath().normalize();
        refuseLinks(file);
        boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (there && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new SetupException(file + " is no plain file; nothing was changed");
        }
        return new SettingsFile(file, there, there ? content(file) : new byte[0]);
    }

    /** What a file says that is there, wherever it leads. */
    static ObjectNode toLook(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SetupException(file + " is no plain file");
        }
        return SettingsText.of(content(file), file.toString()).settings();
    }

    /** What stands there; empty for a file that is not there. */
    public ObjectNode settings() {
        return this.text.settings();
    }

    /**
     * Writes other settings.
     *
     * @param scope for whom they are: decides who may read a new file
     * @return where the former ones are kept, when there were some
     */
    public Optional<Path> write(ObjectNode settings, Scope scope, Clock clock) {
        try {
            makeFolder(scope);
            refuseLinks(this.file);
            refuseChanges();
            Optional<Path> kept = this.there ? Optional.of(keep(clock)) : Optional.empty();
            Path fresh = this.file.resolveSibling(".enact-" + UUID.randomUUID() + ".tmp");
            try {
                fill(fresh, this.text.written(settings));
                if (this.there) {
                    copyRights(fresh);
                } else if (scope != Scope.USER) {
                    allow(fresh, FOR_ALL);
                }
                Files.move(fresh, this.file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return kept;
        } catch (IOException ex) {
            throw new SetupException("The settings " + this.file + " can't be written here ("
                    + ex.getClass().getSimpleName() + "); nothing was changed. Are you allowed to?");
        }
    }

    private void makeFolder(Scope scope) throws IOException {
        Path folder = Objects.requireNonNull(this.file.getParent());
        if (scope == Scope.USER) {
            OwnerOnly.createDirectories(folder);
        } else if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /** The file itself and its folder: in a project somebody else may have put them there. */
    private static void refuseLinks(Path file) {
        for (Path each : new Path[] {file, file.getParent()}) {
            if (Files.isSymbolicLink(each)) {
                throw new SetupException(each + " is a symbolic link, and settings are not written through one;"
                        + " put the file itself in its place");
            }
        }
    }

    /** What was shown is what is replaced. */
    private void refuseChanges() {
        boolean same = this.there
                ? Files.isRegularFile(this.file, LinkOption.NOFOLLOW_LINKS)
                        && Arrays.equals(content(this.file), this.bytes)
                : !Files.exists(this.file, LinkOption.NOFOLLOW_LINKS);
        if (!same) {
            throw new SetupException("The settings " + this.file + " changed meanwhile; start again");
        }
    }

    private Path keep(Clock clock) throws IOException {
        String name = this.file.getFileName() + ".backup-" + STAMP.format(clock.instant());
        for (int i = 1; ; i++) {
            Path copy = this.file.resolveSibling((i == 1) ? name : name + "-" + i);
            try {
                fill(copy, this.bytes);
                copyRights(copy);
                return copy;
            } catch (FileAlreadyExistsException ex) {
                if (i == 100) {
                    throw ex;
                }
            }
        }
    }

    private static void fill(Path file, byte[] content) throws IOException {
        try (FileChannel channel = OwnerOnly.newFile(file)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private void copyRights(Path copy) throws IOException {
        PosixFileAttributeView from =
                Files.getFileAttributeView(this.file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributeView to =
                Files.getFileAttributeView(copy, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (from == null || to == null) {
            return;
        }
        PosixFileAttributes former = from.readAttributes();
        PosixFileAttributes now = to.readAttributes();
        if (!former.owner().equals(now.owner())) {
            to.setOwner(former.owner());
        }
        if (!former.group().equals(now.group())) {
            to.setGroup(former.group());
        }
        to.setPermissions(former.permissions());
    }

    private static void allow(Path file, Set<PosixFilePermission> rights) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(rights);
        }
    }

    private static byte[] content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new SetupException("The file " + file + " is too large for settings");
            }
            return bytes;
        } catch (IOException | UncheckedIOException ex) {
            throw new SetupException("The settings " + file + " can't be read");
        }
    }
}

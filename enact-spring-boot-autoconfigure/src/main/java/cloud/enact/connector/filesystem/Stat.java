package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the system says about a name without following a link.
 *
 * @param kind what stands there
 * @param attributes all of it
 */
record Stat(Kind kind, PosixFileAttributes attributes) {

    /** What can stand under a name. */
    enum Kind {
        FILE("a file"),
        DIRECTORY("a directory"),
        LINK("a symbolic link"),
        OTHER("a device, pipe or socket");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return this.words;
        }
    }

    static Stat of(PosixFileAttributes attributes) {
        return new Stat(
                attributes.isRegularFile()
                        ? Kind.FILE
                        : attributes.isDirectory()
                                ? Kind.DIRECTORY
                                : attributes.isSymbolicLink() ? Kind.LINK : Kind.OTHER,
                attributes);
    }

    boolean is(Kind expected) {
        return this.kind == expected;
    }

    /** Device and inode. */
    Object key() {
        return Objects.requireNonNull(this.attributes.fileKey(), "this file system has no inodes");
    }

    /** The identity as text, to be compared for equality only. */
    String id() {
        return key().toString();
    }

    /** The part of the identity that names the device, or nothing where it can't be told. */
    String device() {
        String id = id();
        int comma = id.indexOf(',');
        return (comma > 0) ? id.substring(0, comma) : "";
    }

    long size() {
        return this.attributes.size();
    }

    FileTime modified() {
        return this.attributes.lastModifiedTime();
    }

    String mode() {
        return PosixFilePermissions.toString(this.attributes.permissions());
    }

    String owner() {
        return this.attributes.owner().getName();
    }

    String group() {
        return this.attributes.group().getName();
    }

    /** Whether nothing says that the thing changed in between. */
    boolean sameAs(Stat other) {
        return this.kind == other.kind
                && key().equals(other.key())
                && size() == other.size()
                && modified().equals(other.modified())
                && this.attributes.permissions().equals(other.attributes.permissions());
    }

    /** Fails unless nothing says that the thing changed in between. */
    static void requireSame(Stat before, @Nullable Stat now) throws IOException {
        if (now == null || !before.sameAs(now)) {
            throw new ChangedMeanwhileException();
        }
    }
}

package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import cloud.enact.undo.BlobStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Captures what is there: content is copied, unless it is kept already. For one thread. */
final class Keeping {

    private static final int BUFFER = 64 * 1024;

    private final BlobStore blobs;

    private final KeptFiles kept;

    private final @Nullable CaptureLimits limits;

    private Keeping(BlobStore blobs, KeptFiles kept, @Nullable CaptureLimits limits) {
        this.blobs = blobs;
        this.kept = kept;
        this.limits = limits;
    }

    /** Copies everything. */
    static Keeping copying(BlobStore blobs) {
        return new Keeping(blobs, KeptFiles.NONE, null);
    }

    /** Copies within limits what is not kept. */
    static Keeping within(CaptureLimits limits, BlobStore blobs, KeptFiles kept) {
        return new Keeping(limits.bounding(blobs), kept, limits);
    }

    /**
     * Captures a file or link that is known to be there, or a directory without what is in it.
     *
     * @param dir the directory it is in
     * @param path its absolute path
     * @param stat what was seen under the name
     * @throws ChangedMeanwhileException when it changes while it is read
     */
    Node of(Dir dir, String name, Path path, Stat stat) throws IOException {
        if (this.limits != null && stat.is(Stat.Kind.FILE) && this.limits.allowKept(stat.size())) {
            KeptFiles.Found found = this.kept.find(path, stat.size());
            if (found != null) {
                Comparison comparison = new Comparison(found);
                if (Snapshots.of(dir, name, stat, comparison) instanceof Node.File file && comparison.isKept()) {
                    this.limits.kept(file.size());
                    return new Node.File(file.sha256(), file.size(), file.meta(), found.place());
                }
            }
        }
        return Snapshots.of(dir, name, stat, this.blobs::put);
    }

    /** Reads a file beside what is kept of it. */
    private static final class Comparison implements Snapshots.Reader {

        private final KeptFiles.Found found;

        private boolean same;

        private Comparison(KeptFiles.Found found) {
            this.found = found;
        }

        /** Whether all of it was read, is the same, and is safe where it is kept. */
        boolean isKept() {
            if (!this.same) {
                return false;
            }
            try {
                this.found.force();
                return true;
            } catch (IOException ex) {
                return false;
            }
        }

        @Override
        public String read(InputStream content) throws IOException {
            MessageDigest digest = Sha256.digest();
            byte[] buffer = new byte[BUFFER];
            try (Other other = Other.open(this.found)) {
                this.same = true;
                int n;
                while (this.same && (n = content.read(buffer)) >= 0) {
                    digest.update(buffer, 0, n);
                    this.same = other.continuesWith(buffer, n);
                }
                this.same = this.same && other.ends();
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** What is kept; whatever goes wrong with it makes it other content. */
    private record Other(@Nullable InputStream content) implements AutoCloseable {

        static Other open(KeptFiles.Found found) {
            try {
                return new Other(new BufferedInputStream(found.open(), BUFFER));
            } catch (IOException ex) {
                return new Other(null);
            }
        }

        boolean continuesWith(byte[] bytes, int length) {
            try {
                return this.content != null && isSame(this.content.readNBytes(length), bytes, length);
            } catch (IOException ex) {
                return false;
            }
        }

        private static boolean isSame(byte[] read, byte[] bytes, int length) {
            return Arrays.equals(read, 0, read.length, bytes, 0, length);
        }

        boolean ends() {
            try {
                return this.content != null && this.content.read() < 0;
            } catch (IOException ex) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            if (this.content != null) {
                this.content.close();
            }
        }
    }
}

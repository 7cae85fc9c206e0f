package cloud.enact.connector.filesystem;

import cloud.enact.undo.BeyondLimitsException;
import cloud.enact.undo.BlobStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** How much may be captured together; what was captured counts. For one thread. */
public final class CaptureLimits {

    /** What is kept elsewhere is read and compared instead of copied: a bound for the time that takes. */
    private static final int MOST_KEPT_FILES = 50_000;

    private static final long MOST_KEPT_BYTES = 1024L * 1024 * 1024;

    /** What a line of a manifest takes that is about a file with a long name. */
    private static final int LINE = 2048;

    private final long mostBytes;

    private final int mostFiles;

    private int keptFiles;

    private long keptBytes;

    private long bytes;

    private long manifestBytes;

    private int files;

    /**
     * Starts to count.
     *
     * @param mostFiles how many files
     * @param mostBytes how much content in all of them
     */
    public CaptureLimits(int mostFiles, long mostBytes) {
        if (mostFiles < 1 || mostBytes < 1) {
            throw new IllegalArgumentException("At least one file and one byte are captured");
        }
        this.mostFiles = mostFiles;
        this.mostBytes = mostBytes;
    }

    /** Limits for looking at what became of all that was captured: what was not copied is there to be read as well. */
    CaptureLimits anew() {
        return new CaptureLimits(this.mostFiles + this.keptFiles, this.mostBytes + this.keptBytes);
    }

    /** Whether files of some sizes, together, may be copied. */
    public boolean leaveRoomFor(int files, long bytes) {
        return files <= this.mostFiles - this.files && bytes <= this.mostBytes - this.bytes;
    }

    /** Whether one more file may be kept elsewhere. */
    boolean allowKept(long size) {
        return this.keptFiles < MOST_KEPT_FILES && size <= MOST_KEPT_BYTES - this.keptBytes;
    }

    /** A file is kept elsewhere, so that it takes no room here. */
    void kept(long size) {
        this.keptFiles++;
        this.keptBytes += size;
    }

    /** Stores what the limits leave room for, and refuses the rest. */
    BlobStore bounding(BlobStore blobs) {
        return new Bounded(blobs, read -> this.bytes += read);
    }

    /** The same for manifests, in which files that are kept elsewhere take no room either. */
    BlobStore boundingManifests(BlobStore blobs) {
        return new Bounded(blobs, read -> this.manifestBytes += read);
    }

    private void requireRoom() throws IOException {
        long lines = Math.max(0, this.manifestBytes - (long) LINE * this.keptFiles);
        if (this.bytes + lines > this.mostBytes) {
            throw new BeyondLimitsException("more than " + this.mostBytes + " bytes would have to be captured");
        }
    }

    private final class Bounded implements BlobStore {

        private final BlobStore blobs;

        private final IntConsumer count;

        private Bounded(BlobStore blobs, IntConsumer count) {
            this.blobs = blobs;
            this.count = count;
        }

        @Override
        public String put(InputStream content) throws IOException {
            if (++CaptureLimits.this.files > CaptureLimits.this.mostFiles) {
                throw new BeyondLimitsException(
                        "more than " + CaptureLimits.this.mostFiles + " files would have to be captured");
            }
            return this.blobs.put(new Counting(content, this.count));
        }

        @Override
        public InputStream open(String sha256) throws IOException {
            return this.blobs.open(sha256);
        }
    }

    private final class Counting extends FilterInputStream {

        private final IntConsumer count;

        private Counting(InputStream content, IntConsumer count) {
            super(content);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                count(1);
            }
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read > 0) {
                count(read);
            }
            return read;
        }

        private void count(int read) throws IOException {
            this.count.accept(read);
            requireRoom();
        }
    }
}

package cloud.enact.connector.filesystem;

import cloud.enact.undo.BeyondLimitsException;
import cloud.enact.undo.BlobStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How much may be captured together; what was captured counts. For one thread. */
public final class CaptureLimits {

    private final long mostBytes;

    private final int mostFiles;

    private long bytes;

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

    /** The same limits, of which nothing is used. */
    CaptureLimits anew() {
        return new CaptureLimits(this.mostFiles, this.mostBytes);
    }

    /** Stores what the limits leave room for, and refuses the rest. */
    BlobStore bounding(BlobStore blobs) {
        return new BlobStore() {

            @Override
            public String put(InputStream content) throws IOException {
                if (++CaptureLimits.this.files > CaptureLimits.this.mostFiles) {
                    throw new BeyondLimitsException(
                            "more than " + CaptureLimits.this.mostFiles + " files would have to be captured");
                }
                return blobs.put(new Counting(content));
            }

            @Override
            public InputStream open(String sha256) throws IOException {
                return blobs.open(sha256);
            }
        };
    }

    private final class Counting extends FilterInputStream {

        private Counting(InputStream content) {
            super(content);
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
            CaptureLimits.this.bytes += read;
            if (CaptureLimits.this.bytes > CaptureLimits.this.mostBytes) {
                throw new BeyondLimitsException(
                        "more than " + CaptureLimits.this.mostBytes + " bytes would have to be captured");
            }
        }
    }
}

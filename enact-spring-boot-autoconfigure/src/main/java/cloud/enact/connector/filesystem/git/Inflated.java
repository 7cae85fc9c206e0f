package cloud.enact.connector.filesystem.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** What a compressed stream holds; what comes out counts. Closing it lets go of memory outside of the heap. */
final class Inflated extends InflaterInputStream {

    private static final int BUFFER = 4096;

    private final Budget budget;

    Inflated(InputStream in, Budget budget) {
        super(in, new Inflater(), BUFFER);
        this.budget = budget;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n;
        try {
            n = super.read(buffer, offset, length);
        } catch (ZipException | EOFException ex) {
            throw new IOException("an object of the repository is damaged", ex);
        }
        if (n > 0) {
            this.budget.spend(n);
        }
        return n;
    }

    /** Reads so many bytes, all of which must be there. */
    byte[] exactly(int length) throws IOException {
        byte[] bytes = readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("an object of the repository ends too early");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            this.inf.end();
        }
    }
}

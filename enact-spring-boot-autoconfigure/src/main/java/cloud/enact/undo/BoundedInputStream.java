package cloud.enact.undo;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails when there is more content than a blob store takes. */
final class BoundedInputStream extends FilterInputStream {

    private final long most;

    private long count;

    BoundedInputStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = this.in.read(buffer, offset, length);
        this.count += Math.max(0, read);
        if (this.count > this.most) {
            throw new IOException("Content is larger than the blob store takes (" + this.most
                    + " bytes); raise the limit or leave such files out of what agents may change");
        }
        return read;
    }
}

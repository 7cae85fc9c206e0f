package cloud.enact.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Content of encrypted segments; none of it comes out before its segment was found unaltered. */
final class SegmentInputStream extends InputStream {

    private static final int SEALED = ContentCipher.SEGMENT + Xaes256Gcm.TAG;

    private final PushbackInputStream in;

    private final Segments segments;

    private byte[] content = new byte[0];

    private int position;

    private boolean last;

    SegmentInputStream(InputStream in, Segments segments) {
        this.in = new PushbackInputStream(in);
        this.segments = segments;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (this.position == this.content.length) {
            if (this.last) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, this.content.length - this.position);
        System.arraycopy(this.content, this.position, buffer, offset, count);
        this.position += count;
        return count;
    }

    private void next() throws IOException {
        byte[] sealed = this.in.readNBytes(SEALED);
        int following = this.in.read();
        if (following >= 0) {
            this.in.unread(following);
        }
        this.last = following < 0;
        try {
            this.content = this.segments.decrypt(sealed, sealed.length, this.last);
        } catch (EncryptionException ex) {
            throw new IOException("Encrypted content was altered or cut. Restore it from a backup", ex);
        }
        this.position = 0;
    }

    @Override
    public void close() throws IOException {
        this.in.close();
    }
}

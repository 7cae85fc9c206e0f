package cloud.enact.undo;

import cloud.enact.action.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Fails at the end of a stream whose bytes are not those of a digest. */
final class VerifyingInputStream extends InputStream {

    private final InputStream in;

    private final String sha256;

    private final MessageDigest digest = Sha256.digest();

    private boolean verified;

    VerifyingInputStream(InputStream in, String sha256) {
        this.in = in;
        this.sha256 = sha256;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = this.in.read(buffer, offset, length);
        if (n > 0) {
            this.digest.update(buffer, offset, n);
        } else if (n < 0 && !this.verified) {
            if (!HexFormat.of().formatHex(this.digest.digest()).equals(this.sha256)) {
                throw new IOException("Blob " + this.sha256 + " was damaged or altered: its bytes are not those of its"
                        + " digest. Restore the blob store from a backup");
            }
            this.verified = true;
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        this.in.close();
    }
}

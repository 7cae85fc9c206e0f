package cloud.enact.connector.filesystem;

import cloud.enact.action.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Kept content on its way back: it fails at its end, or before, unless it is what was seen. */
final class KeptContent extends FilterInputStream {

    private final Kept kept;

    private final String sha256;

    private final MessageDigest digest = Sha256.digest();

    private boolean verified;

    private KeptContent(InputStream in, Kept kept, String sha256) {
        super(in);
        this.kept = kept;
        this.sha256 = sha256;
    }

    /**
     * Opens it.
     *
     * @throws NotKeptException when it is not there any more; reading throws it, too
     */
    static InputStream open(Site site, Node.File file, Kept kept) throws NotKeptException {
        try {
            return new KeptContent(site.keeper().open(site.root(), kept, file.size()), kept, file.sha256());
        } catch (IOException ex) {
            throw gone(kept, ex);
        }
    }

    private static NotKeptException gone(Kept kept, IOException why) {
        NotKeptException gone = new NotKeptException(kept, Trouble.sentence(why));
        gone.initCause(why);
        return gone;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n;
        try {
            n = super.read(buffer, offset, length);
        } catch (IOException ex) {
            throw gone(this.kept, ex);
        }
        if (n > 0) {
            this.digest.update(buffer, offset, n);
        } else if (n < 0 && !this.verified) {
            if (!HexFormat.of().formatHex(this.digest.digest()).equals(this.sha256)) {
                throw new NotKeptException(this.kept, "what it has there now is something else");
            }
            this.verified = true;
        }
        return n;
    }
}

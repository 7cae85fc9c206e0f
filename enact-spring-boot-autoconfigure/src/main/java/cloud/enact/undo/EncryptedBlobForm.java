package cloud.enact.undo;

import cloud.enact.action.Sha256;
import cloud.enact.encryption.ContentCipher;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Content encrypted with a key that only its digest leads to, under a name that does not tell the digest. */
final class EncryptedBlobForm implements BlobForm {

    private final KeyRing keys;

    EncryptedBlobForm(KeyRing keys) {
        this.keys = keys;
    }

    private ContentCipher cipher() {
        return new ContentCipher(this.keys.named("blobs"));
    }

    @Override
    public String name(String sha256) {
        return cipher().name(sha256);
    }

    @Override
    public String write(InputStream content, FileChannel file) throws IOException {
        ContentCipher.Encryption encryption = cipher().begin();
        OutputStream out = Channels.newOutputStream(file);
        // the header can be written when the digest is known
        out.write(new byte[ContentCipher.HEADER]);
        MessageDigest digest = Sha256.digest();
        byte[] segment = new byte[ContentCipher.SEGMENT];
        byte[] ahead = new byte[ContentCipher.SEGMENT];
        int length = content.readNBytes(segment, 0, segment.length);
        boolean last = false;
        while (!last) {
            int following = content.readNBytes(ahead, 0, ahead.length);
            last = following == 0;
            digest.update(segment, 0, length);
            out.write(encryption.segment(segment, length, last));
            byte[] swap = segment;
            segment = ahead;
            ahead = swap;
            length = following;
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        ByteBuffer header = ByteBuffer.wrap(encryption.header(sha256));
        while (header.hasRemaining()) {
            file.write(header, header.position());
        }
        return sha256;
    }

    @Override
    public InputStream read(InputStream file, String sha256) throws IOException {
        try {
            return cipher().open(file, sha256);
        } catch (EncryptionException ex) {
            throw new IOException("The key of captured content can't be used", ex);
        }
    }
}

package cloud.enact.console;

import cloud.enact.action.Sha256;
import cloud.enact.undo.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A secret of the operator that no governed process holds. Only a digest of it is kept; it is long and random, so that
 * nobody finds it by trying. Thread-safe.
 */
public final class ConsoleCredential {

    private static final String PREFIX = "sha256:";

    private static final int BYTES = 24;

    private static final int LONGEST_FILE = 200;

    private static final int LONGEST = 200;

    private final byte[] digest;

    private ConsoleCredential(byte[] digest) {
        this.digest = digest;
    }

    /**
     * A new credential, gone with the process.
     *
     * @param operator is told it
     */
    public static ConsoleCredential inMemory(Consumer<String> operator) {
        String credential = random();
        operator.accept(credential);
        return new ConsoleCredential(digest(credential));
    }

    /**
     * The credential whose digest is in a file, or a new one where there is no file.
     *
     * @param file made for its owner alone
     * @param operator is told a new credential, once its digest is on the disk
     * @throws IOException when the file can't be read or made, or is none that this wrote
     */
    public static ConsoleCredential inFile(Path file, Consumer<String> operator) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return read(file);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            OwnerOnly.createDirectories(folder);
        }
        String credential = random();
        byte[] digest = digest(credential);
        try (FileChannel channel = OwnerOnly.newFile(file)) {
            String line = PREFIX + HexFormat.of().formatHex(digest) + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException ex) {
            // another process was first, and told its operator
            return read(file);
        }
        operator.accept(credential);
        return new ConsoleCredential(digest);
    }

    private static ConsoleCredential read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no plain file");
        }
        OwnerOnly.restrictFile(file);
        String text;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            text = new String(in.readNBytes(LONGEST_FILE), StandardCharsets.US_ASCII).strip();
        }
        int length = PREFIX.length() + 64;
        if (text.length() != length
                || !text.startsWith(PREFIX)
                || !text.substring(PREFIX.length()).chars().allMatch(HexFormat::isHexDigit)) {
            throw new IOException("it holds no digest of a credential");
        }
        return new ConsoleCredential(HexFormat.of().parseHex(text.substring(PREFIX.length())));
    }

    /** Whether this is the credential. */
    boolean matches(String text) {
        return text.length() <= LONGEST && MessageDigest.isEqual(this.digest, digest(text.strip()));
    }

    private static byte[] digest(String credential) {
        return Sha256.of(("enact console " + credential).getBytes(StandardCharsets.UTF_8));
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "ConsoleCredential[***]";
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/**
 * Reads keys from where the configuration says. No message quotes a value, not even that of a path: it may be a key in
 * the wrong place.
 */
final class KeyTexts {

    private static final int MAX_KEY = 64 * 1024;

    // what Spring leaves as it is when there is no such property
    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[^{}:]*}");

    private static final Log logger = LogFactory.getLog(KeyTexts.class);

    private final ResourceLoader resources;

    KeyTexts(ResourceLoader resources) {
        this.resources = resources;
    }

    static boolean isSet(@Nullable Object value) {
        return value != null && StringUtils.hasText(value.toString());
    }

    /** A value that is the key itself. */
    static String text(String property, String value) {
        if (UNRESOLVED.matcher(value).matches()) {
            throw new EnactStartupException(
                    property + " names a property or environment variable that does not exist.",
                    "Set that variable, or remove " + property + ".");
        }
        return value;
    }

    /** A value that is a key in PEM, or the location of one. */
    String pem(String property, String value) {
        if (text(property, value).contains("-----BEGIN")) {
            return value;
        }
        Resource resource = this.resources.getResource(value.strip());
        try {
            if (resource.isFile() && resource.exists()) {
                return file(property, resource.getFile().toPath());
            }
            try (InputStream in = resource.getInputStream()) {
                return decoded(property, in.readNBytes(MAX_KEY + 1));
            }
        } catch (IOException ex) {
            // the exception quotes the location, which may be the key
            throw new EnactStartupException(
                    property + " is neither a key in PEM nor the location of a file that can be read.",
                    "Set it to the text between and with the '-----BEGIN …' and '-----END …' lines, or to a location"
                            + " such as file:/etc/enact/key.pem.");
        }
    }

    /** The content of a file, without the line break at its end. */
    String file(String property, Path file) {
        text(property, file.toString());
        if (!Files.isRegularFile(file)) {
            throw new EnactStartupException(
                    "The file that " + property + " names is not there, or is not a file.",
                    "Make the file, for the user that runs the application alone (chmod 600), or correct its path.");
        }
        warnIfReadableForEverybody(property, file);
        try (InputStream in = Files.newInputStream(file)) {
            return decoded(property, in.readNBytes(MAX_KEY + 1));
        } catch (IOException ex) {
            throw new EnactStartupException(
                    "The file that " + property + " names can't be read.",
                    "Let the user that runs the application read it.");
        }
    }

    private static void warnIfReadableForEverybody(String property, Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        boolean isPrivate = !property.contains("public-key");
        try {
            if (isPrivate
                    && view != null
                    && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
                logger.warn("Every user of this machine can read the key in the file that " + property
                        + " names, and sign receipts with it; take that right away (chmod o-r)");
            }
        } catch (IOException ex) {
            logger.warn("It is not known who can read the file that " + property + " names ("
                    + ex.getClass().getSimpleName() + ")");
        }
    }

    private static String decoded(String property, byte[] bytes) {
        if (bytes.length > MAX_KEY) {
            throw new EnactStartupException(
                    "The file that " + property + " names is too large for a key.", "Name the file of the key.");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.replaceFirst("[\\r\\n]+\\z", "");
        } catch (CharacterCodingException ex) {
            throw new EnactStartupException(
                    "The file that " + property + " names holds no text.",
                    "Write the secret as text, such as the output of openssl rand -base64 48, or the key in PEM.");
        }
    }
}

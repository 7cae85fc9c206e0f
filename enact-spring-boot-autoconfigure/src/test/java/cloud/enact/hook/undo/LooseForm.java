package cloud.enact.hook.undo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;

/** How git writes an object that is a file of its own. */
final class LooseForm {

    private LooseForm() {}

    static byte[] of(String type, String content) throws IOException {
        return raw(type + " " + content.length() + "\0" + content);
    }

    /** Compressed, whatever it is. */
    static byte[] raw(String text) throws IOException {
        return compressed(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }
}

package cloud.enact.connector.filesystem.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a commit says is in a directory: ordinary files and directories by their names.
 *
 * @param files names of their objects
 * @param directories names of their objects
 */
record Tree(Map<String, String> files, Map<String, String> directories) {

    static final Tree EMPTY = new Tree(Map.of(), Map.of());

    /** Reads one; what is neither, such as a link or a submodule, and names that are no text are left out. */
    static Tree read(byte[] content) throws IOException {
        Map<String, String> files = new HashMap<>();
        Map<String, String> directories = new HashMap<>();
        int at = 0;
        while (at < content.length) {
            int space = indexOf(content, ' ', at);
            int end = indexOf(content, 0, space + 1);
            if (end + PackIndex.NAME >= content.length) {
                throw damaged();
            }
            String mode = new String(content, at, space - at, StandardCharsets.ISO_8859_1);
            String object = HexFormat.of().formatHex(content, end + 1, end + 1 + PackIndex.NAME);
            String name = text(ByteBuffer.wrap(content, space + 1, end - space - 1));
            if (mode.equals("100644") || mode.equals("100755") || mode.equals("100664")) {
                files.put(name, object);
            } else if (mode.equals("40000")) {
                directories.put(name, object);
            }
            at = end + 1 + PackIndex.NAME;
        }
        return new Tree(files, directories);
    }

    int size() {
        return this.files.size() + this.directories.size();
    }

    /** The name; empty, which no file is called, when it is not UTF-8. */
    private static String text(ByteBuffer name) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(name).toString();
        } catch (CharacterCodingException ex) {
            return "";
        }
    }

    private static int indexOf(byte[] content, int wanted, int from) throws IOException {
        for (int i = from; i < content.length; i++) {
            if (content[i] == wanted) {
                return i;
            }
        }
        throw damaged();
    }

    private static IOException damaged() {
        return new IOException("a directory in the repository is damaged");
    }
}

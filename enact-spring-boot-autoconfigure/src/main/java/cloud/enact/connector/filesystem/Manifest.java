package cloud.enact.connector.filesystem;

import cloud.enact.undo.BlobStore;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was in a directory: one line of JSON per thing, each directory before what is in it, the first for the
 * directory itself. Written and read as a stream, so that its length doesn't matter.
 */
final class Manifest implements Closeable {

    /** A name takes up to 255 bytes and a link's target up to 4096; escaped, each may grow sixfold. */
    private static final int MAX_LINE = 64 * 1024;

    private final InputStream in;

    private Manifest(InputStream in) {
        this.in = in;
    }

    /**
     * One thing in the tree.
     *
     * @param depth how many directories of the tree it is in; 0 for the tree itself
     * @param name its name; empty for the tree itself
     * @param node what it is
     * @param id its identity when it was captured
     */
    record Entry(int depth, String name, Node node, String id) {}

    /** Turns entries to lines and back. Thread-safe. */
    static final class Lines {

        private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                        .build())
                .build();

        byte[] write(Entry entry) throws IOException {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("depth", entry.depth());
            line.put("name", entry.name());
            line.putAll(entry.node().values());
            line.put("id", entry.id());
            byte[] bytes = (this.json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.US_ASCII);
            if (bytes.length > MAX_LINE) {
                throw new IOException("the name or link target of something in it is too long to be captured");
            }
            return bytes;
        }

        Entry read(byte[] line) throws IOException {
            try {
                Map<?, ?> values = this.json.readValue(line, Map.class);
                return new Entry(
                        Math.toIntExact(Node.number(values, "depth")),
                        Node.text(values, "name"),
                        Node.from(values),
                        Node.text(values, "id"));
            } catch (JacksonException | IllegalArgumentException | ArithmeticException ex) {
                throw new IOException("A captured directory can't be read: its manifest is not one");
            }
        }
    }

    /** Opens a manifest after reading it through once: nothing is done by a line of one that was altered. */
    static Manifest open(BlobStore blobs, String sha256) throws IOException {
        return new Manifest(new BufferedInputStream(RereadInputStream.open(blobs, sha256), 64 * 1024));
    }

    /** The next entry, or {@code null} at the end. */
    @Nullable
    Entry next(Lines lines) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int next = this.in.read(); next >= 0; next = this.in.read()) {
            if (next == '\n') {
                return lines.read(line.toByteArray());
            }
            line.write(next);
            if (line.size() > MAX_LINE) {
                throw new IOException("A captured directory can't be read: its manifest is not one");
            }
        }
        if (line.size() > 0) {
            throw new IOException("A captured directory can't be read: its manifest breaks off");
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        this.in.close();
    }
}

package cloud.enact.connector.filesystem;

import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Returns the content of a file. */
final class ReadFile extends FileStep {

    private final JailPath path;

    ReadFile(String connector, FileOperation operation, Map<String, @Nullable Object> args, Site site, JailPath path) {
        super(connector, operation, args, site);
        this.path = path;
    }

    @Override
    @Nullable
    StepMemo look(BlobStore blobs) {
        return null;
    }

    @Override
    StepResult change() throws IOException {
        Map<String, @Nullable Object> output = output(this.path);
        byte[] bytes = read();
        output.put("bytes", bytes.length);
        String text = Content.decode(bytes);
        if (text != null) {
            output.put("content", text);
        } else {
            output.put("content_base64", Base64.getEncoder().encodeToString(bytes));
        }
        return new StepResult(output, null, null);
    }

    private byte[] read() throws IOException {
        try (Dir parent = this.site.jail().open(this.path.parent())) {
            Stat stat = (parent != null) ? parent.look(this.path.name()) : null;
            if (parent == null || stat == null) {
                throw new IOException("there is no such file");
            }
            if (!stat.is(Stat.Kind.FILE)) {
                throw new IOException("there is " + stat.kind().words() + " at this path, and only files are read");
            }
            int limit = Math.toIntExact(this.site.limits().maxReadBytes());
            try (FileChannel channel = parent.read(this.path.name());
                    InputStream in = Channels.newInputStream(channel)) {
                byte[] bytes = in.readNBytes(limit);
                if (bytes.length == limit && in.read() >= 0) {
                    throw new IOException(
                            "the file is larger than " + limit
                                    + " bytes, the most that is read at once; read another file, or give the connector a larger limit");
                }
                return bytes;
            }
        }
    }
}

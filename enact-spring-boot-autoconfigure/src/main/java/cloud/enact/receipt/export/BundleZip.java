package cloud.enact.receipt.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip file that is the same whenever, wherever and however often it is made. Not thread-safe. */
final class BundleZip implements AutoCloseable {

    /** The first time that a zip file can name. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;

    BundleZip(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** Writes what goes into an entry. */
    @FunctionalInterface
    interface Content {

        void writeTo(OutputStream out) throws IOException;
    }

    void add(String name, Content content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        this.zip.putNextEntry(entry);
        content.writeTo(this.zip);
        this.zip.closeEntry();
    }

    void add(String name, String content) throws IOException {
        add(name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Ends the file; what it is written to stays open. */
    @Override
    public void close() throws IOException {
        this.zip.finish();
        this.zip.flush();
    }
}

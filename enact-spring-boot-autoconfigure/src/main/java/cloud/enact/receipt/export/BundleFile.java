package cloud.enact.receipt.export;

import cloud.enact.receipt.ReceiptFormatException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A bundle from somebody who may be hostile. It is read in place, nothing of it is unpacked; the table of its files is
 * what other zip tools show, too. Not thread-safe.
 */
final class BundleFile implements AutoCloseable {

    private static final int MAX_ENTRIES = BundleNames.MAX_CHECKPOINTS + BundleNames.MAX_KEYS + 20;

    /** The table has 46 bytes and a name for each file. */
    private static final long MAX_TABLE = 1L << 20;

    private static final int END_LENGTH = 22;

    private static final int END_SIGNATURE = 0x06054b50;

    private static final int MAX_SMALL = 64 * 1024;

    /** Receipts hold hashes and signatures, which do not shrink: no honest bundle grows like this. */
    private static final long MAX_GROWTH = 200;

    private static final long FREE_GROWTH = 128L * 1024 * 1024;

    private final ZipFile zip;

    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private BundleFile(ZipFile zip) {
        this.zip = zip;
    }

    /** Whether a file begins as zip files do. */
    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4);
            return start.length == 4
                    && start[0] == 'P'
                    && start[1] == 'K'
                    && ((start[2] == 3 && start[3] == 4) || (start[2] == 5 && start[3] == 6));
        }
    }

    /**
     * Opens a bundle.
     *
     * @throws ReceiptFormatException when it is none
     */
    static BundleFile open(Path file) throws IOException {
        requireSmallTable(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException | IllegalArgumentException ex) {
            throw malformed("its table of files can't be read", ex);
        }
        try {
            BundleFile bundle = new BundleFile(zip);
            bundle.list();
            return bundle;
        } catch (RuntimeException ex) {
            zip.close();
            throw ex;
        }
    }

    /**
     * A table is read into memory as a whole, so its size is looked at before: in the last bytes of the file, because
     * before a comment there may be several ends to choose from.
     */
    private static void requireSmallTable(Path file) throws IOException {
        byte[] end = new byte[END_LENGTH];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - END_LENGTH));
            if (in.length() >= END_LENGTH) {
                in.readFully(end);
            }
        }
        if (number(end, 0, 4) != END_SIGNATURE || number(end, 20, 2) != 0) {
            throw malformed("it is cut off, or has a comment, or is no zip file", null);
        }
        if (number(end, 10, 2) > MAX_ENTRIES || number(end, 12, 4) > MAX_TABLE) {
            throw malformed("it has more files than any bundle", null);
        }
    }

    private static long number(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xFF);
        }
        return value;
    }

    private void list() {
        Enumeration<? extends ZipEntry> all = this.zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            if (BundleNames.isFolder(entry.getName())) {
                // of somebody who unpacked it and packed it again
                continue;
            }
            if (!BundleNames.isKnown(entry.getName())) {
                throw malformed("it holds a file that no bundle has", null);
            }
            if (this.entries.put(entry.getName(), entry) != null) {
                throw malformed("it holds a file twice", null);
            }
            if (this.entries.size() > MAX_ENTRIES) {
                throw malformed("it has more files than any bundle", null);
            }
        }
        for (String name : BundleNames.required()) {
            if (!this.entries.containsKey(name)) {
                throw malformed("it has no " + name, null);
            }
        }
    }

    private static ReceiptFormatException malformed(String what, @Nullable Exception cause) {
        return new ReceiptFormatException("The file is no bundle: " + what, cause);
    }

    Iterable<String> names() {
        return this.entries.keySet();
    }

    boolean has(String name) {
        return this.entries.containsKey(name);
    }

    /** A small file as a whole. */
    byte[] small(String name) throws IOException {
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(MAX_SMALL + 1);
            if (bytes.length > MAX_SMALL) {
                throw malformed(name + " is too large", null);
            }
            return bytes;
        } catch (ZipException ex) {
            throw malformed(name + " can't be unpacked", ex);
        }
    }

    /** A file of any length; more than it can hold is refused while it is read. */
    InputStream open(String name) throws IOException {
        ZipEntry entry = this.entries.get(name);
        InputStream in = (entry != null) ? this.zip.getInputStream(entry) : null;
        if (entry == null || in == null) {
            throw malformed("it has no " + name, null);
        }
        return new Bounded(in, name, FREE_GROWTH + MAX_GROWTH * Math.max(0, entry.getCompressedSize()));
    }

    @Override
    public void close() throws IOException {
        this.zip.close();
    }

    private static final class Bounded extends FilterInputStream {

        private final String name;

        private long left;

        private Bounded(InputStream in, String name, long most) {
            super(in);
            this.name = name;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count;
            try {
                count = super.read(target, offset, length);
            } catch (ZipException | EOFException ex) {
                throw malformed(this.name + " can't be unpacked", ex);
            }
            this.left -= Math.max(0, count);
            if (this.left < 0) {
                throw malformed(this.name + " grows beyond what any bundle holds; it may be a zip bomb", null);
            }
            return count;
        }
    }
}

package cloud.enact.bench.soak;

import cloud.enact.action.Sha256;
import cloud.enact.receipt.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Which receipts were acknowledged, and with which bytes: on disk, because the heap is measured. Thread-safe. */
final class Acknowledgements implements AutoCloseable {

    private static final int SIZE = 8;

    private final FileChannel file;

    Acknowledgements(Path file) throws IOException {
        this.file = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    void add(Receipt receipt) {
        try {
            this.file.write(ByteBuffer.wrap(Sha256.of(receipt.bytes()), 0, SIZE), receipt.seq() * SIZE);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Whether a receipt was acknowledged with other bytes than these. */
    boolean contradicts(Receipt receipt) {
        ByteBuffer known = ByteBuffer.allocate(SIZE);
        try {
            this.file.read(known, receipt.seq() * SIZE);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return isSet(known) && !known.flip().equals(ByteBuffer.wrap(Sha256.of(receipt.bytes()), 0, SIZE));
    }

    boolean contains(Receipt receipt) {
        ByteBuffer known = ByteBuffer.allocate(SIZE);
        try {
            this.file.read(known, receipt.seq() * SIZE);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return isSet(known);
    }

    private static boolean isSet(ByteBuffer known) {
        return known.position() == SIZE && known.getLong(0) != 0;
    }

    @Override
    public void close() throws IOException {
        this.file.close();
    }
}

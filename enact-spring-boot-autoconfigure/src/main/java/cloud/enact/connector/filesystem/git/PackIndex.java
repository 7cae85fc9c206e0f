package cloud.enact.connector.filesystem.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Where in a pack its objects are: version 2 of the format, searched on disk. For one thread. */
final class PackIndex {

    private static final int MAGIC = 0xFF744F63;

    /** How many bytes the name of an object has. */
    static final int NAME = 20;

    private static final int FANOUT = 8;

    private static final int NAMES = FANOUT + 256 * 4;

    /** Two digests at the end. */
    private static final int TRAILER = 2 * NAME;

    private final PlainFile file;

    private final ByteBuffer fanout;

    private final long count;

    /**
     * Begins to read one.
     *
     * @throws IOException when it is none of that version, or its lengths do not fit
     */
    PackIndex(PlainFile file) throws IOException {
        this.file = file;
        ByteBuffer head = file.at(0, NAMES);
        if (head.getInt(0) != MAGIC || head.getInt(4) != 2) {
            throw new IOException("the index of a pack is of a version that is not known here");
        }
        this.fanout = head;
        this.count = fanout(255);
        if (file.size() < NAMES + this.count * (NAME + 4 + 4) + TRAILER) {
            throw new IOException("the index of a pack ends too early");
        }
    }

    private long fanout(int first) {
        return Integer.toUnsignedLong(this.fanout.getInt(FANOUT + first * 4));
    }

    /** Where an object begins; -1 when it is not in the pack. */
    long find(byte[] name) throws IOException {
        int first = name[0] & 0xFF;
        long low = (first == 0) ? 0 : fanout(first - 1);
        long high = fanout(first);
        if (high > this.count) {
            throw new IOException("the index of a pack is damaged");
        }
        while (low < high) {
            long middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(
                    name, this.file.at(NAMES + middle * NAME, NAME).array());
            if (order == 0) {
                return offset(middle);
            }
            if (order < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return -1;
    }

    private long offset(long index) throws IOException {
        long offsets = NAMES + this.count * (NAME + 4);
        int offset = this.file.at(offsets + index * 4, 4).getInt();
        if (offset >= 0) {
            return offset;
        }
        // packs of more than 2 GiB
        long far = offsets + this.count * 4 + (offset & 0x7FFFFFFFL) * 8;
        long position = this.file.at(far, 8).getLong();
        if (position < 0) {
            throw new IOException("the index of a pack is damaged");
        }
        return position;
    }

    /** The name of an object as indexes have it, from its 40 hexadecimal digits. */
    static byte[] bytes(String name) {
        return HexFormat.of().parseHex(name);
    }
}

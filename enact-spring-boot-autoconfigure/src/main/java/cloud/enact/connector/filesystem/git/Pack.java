package cloud.enact.connector.filesystem.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Many objects in one file, some of them as deltas to others. Open once it was asked. For one thread. */
final class Pack implements AutoCloseable {

    private static final int LONGEST_CHAIN = 300;

    /** What stands before compressed content at most: a type and a length, and where or what its base is. */
    private static final int LONGEST_HEADER = 48;

    private static final int MAGIC = 0x5041434B;

    private static final int OFS_DELTA = 6;

    private static final int REF_DELTA = 7;

    private final Path indexFile;

    private final Path packFile;

    private final Budget budget;

    /** An object that is a difference is put together in memory, with what it differs from. */
    private final int mostInMemory;

    private @Nullable PlainFile openIndex;

    private @Nullable PlainFile openPack;

    private @Nullable PackIndex index;

    private boolean forced;

    /**
     * Makes one.
     *
     * @param mostInMemory how many bytes an object may have that is a difference, or that another one differs from
     */
    Pack(Path indexFile, Budget budget, int mostInMemory) {
        String name = String.valueOf(indexFile.getFileName());
        this.indexFile = indexFile;
        this.packFile = indexFile.resolveSibling(name.substring(0, name.length() - "idx".length()) + "pack");
        this.budget = budget;
        this.mostInMemory = mostInMemory;
    }

    /** Finds an object; {@code null} when it is not here. */
    @Nullable
    GitObject find(byte[] name) throws IOException {
        long offset = index().find(name);
        if (offset < 0) {
            return null;
        }
        Entry entry = entry(offset);
        if (!entry.isDelta()) {
            return new GitObject(type(entry.kind()), entry.size(), () -> inflate(entry), this::force);
        }
        Delta delta;
        try (Inflated in = inflate(entry)) {
            delta = new Delta(in.readNBytes(Delta.HEADER));
        }
        return new GitObject(
                type(base(entry).kind()),
                delta.size(),
                () -> new ByteArrayInputStream(reconstructed(entry)),
                this::force);
    }

    /** Once is enough: git never writes to a pack again. */
    private void force() throws IOException {
        if (!this.forced) {
            pack().force();
            index();
            if (this.openIndex != null) {
                this.openIndex.force();
            }
            this.forced = true;
        }
    }

    /** The object at the end of a chain of deltas, whose type all of them have. */
    private Entry base(Entry top) throws IOException {
        Entry at = top;
        for (int i = 0; at.isDelta(); i++) {
            requireShort(i);
            at = entry(at.base());
        }
        return at;
    }

    private byte[] reconstructed(Entry top) throws IOException {
        Deque<Entry> deltas = new ArrayDeque<>();
        Entry at = top;
        while (at.isDelta()) {
            requireShort(deltas.size());
            deltas.push(at);
            at = entry(at.base());
        }
        byte[] content = whole(at);
        while (!deltas.isEmpty()) {
            content = new Delta(whole(deltas.pop())).apply(content, this.mostInMemory);
            this.budget.spend(content.length);
        }
        return content;
    }

    private static void requireShort(int chain) throws IOException {
        if (chain == LONGEST_CHAIN) {
            throw new IOException("an object of the repository is a difference to too many others");
        }
    }

    private byte[] whole(Entry entry) throws IOException {
        if (entry.size() > this.mostInMemory) {
            throw new IOException("an object of the repository is a difference to one that is too large");
        }
        try (Inflated in = inflate(entry)) {
            return in.exactly((int) entry.size());
        }
    }

    private Inflated inflate(Entry entry) throws IOException {
        InputStream compressed = pack().from(entry.content());
        return new Inflated(compressed, this.budget);
    }

    /**
     * What stands at an offset of the pack.
     *
     * @param kind type of the object, or of the delta, as git numbers them
     * @param size length of its content, or of the delta, in bytes
     * @param content offset at which that begins, compressed
     * @param base offset of the object that a delta is applied to; -1 for what is no delta
     */
    private record Entry(int kind, long size, long content, long base) {

        boolean isDelta() {
            return this.kind == OFS_DELTA || this.kind == REF_DELTA;
        }
    }

    private Entry entry(long offset) throws IOException {
        int length = (int) Math.min(LONGEST_HEADER, pack().size() - offset);
        if (offset < 0 || length <= 0) {
            throw damaged();
        }
        ByteBuffer bytes = pack().at(offset, length);
        int next = next(bytes);
        int kind = next >> 4 & 7;
        long size = next & 15;
        for (int shift = 4; (next & 0x80) != 0; shift += 7) {
            if (shift > Long.SIZE - 8) {
                throw damaged();
            }
            next = next(bytes);
            size |= (next & 0x7FL) << shift;
        }
        long base = -1;
        if (kind == OFS_DELTA) {
            base = offset - distance(bytes);
        } else if (kind == REF_DELTA) {
            byte[] name = new byte[PackIndex.NAME];
            if (bytes.remaining() < name.length) {
                throw damaged();
            }
            bytes.get(name);
            base = index().find(name);
        }
        if ((kind == OFS_DELTA || kind == REF_DELTA) && (base < 0 || base == offset)) {
            throw damaged();
        }
        return new Entry(kind, size, offset + bytes.position(), base);
    }

    private static long distance(ByteBuffer bytes) throws IOException {
        int next = next(bytes);
        long distance = next & 0x7F;
        while ((next & 0x80) != 0) {
            if (distance > Long.MAX_VALUE >> 8) {
                throw damaged();
            }
            next = next(bytes);
            distance = (distance + 1 << 7) | (next & 0x7F);
        }
        return distance;
    }

    private static int next(ByteBuffer bytes) throws IOException {
        if (!bytes.hasRemaining()) {
            throw damaged();
        }
        return bytes.get() & 0xFF;
    }

    private static String type(int kind) throws IOException {
        return switch (kind) {
            case 1 -> "commit";
            case 2 -> "tree";
            case 3 -> "blob";
            case 4 -> "tag";
            default -> throw damaged();
        };
    }

    private PackIndex index() throws IOException {
        if (this.index == null) {
            this.openIndex = require(this.indexFile);
            this.index = new PackIndex(this.openIndex);
        }
        return this.index;
    }

    private PlainFile pack() throws IOException {
        if (this.openPack == null) {
            PlainFile opened = require(this.packFile);
            this.openPack = opened;
            ByteBuffer head = opened.at(0, 8);
            int version = head.getInt(4);
            if (head.getInt(0) != MAGIC || version < 2 || version > 3) {
                throw damaged();
            }
        }
        return this.openPack;
    }

    private PlainFile require(Path file) throws IOException {
        PlainFile opened = PlainFile.open(file, this.budget);
        if (opened == null) {
            throw new IOException("a pack of the repository is not there");
        }
        return opened;
    }

    private static IOException damaged() {
        return new IOException("a pack of the repository is damaged");
    }

    @Override
    public void close() throws IOException {
        try (PlainFile first = this.openIndex;
                PlainFile second = this.openPack) {
            this.index = null;
            this.openIndex = null;
            this.openPack = null;
        }
    }
}

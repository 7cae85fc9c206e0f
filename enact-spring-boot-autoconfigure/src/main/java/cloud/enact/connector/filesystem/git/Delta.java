package cloud.enact.connector.filesystem.git;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** How one object of a pack is made of another one, its base: what to copy from there, and what to put in between. */
final class Delta {

    /** What both lengths at its beginning take at most. */
    static final int HEADER = 20;

    private static final int COPY = 0x80;

    private static final int WHOLE_COPY = 0x10000;

    private final ByteBuffer bytes;

    private final long baseSize;

    private final long resultSize;

    /**
     * Begins to read one.
     *
     * @param bytes the whole of it, or for its lengths the beginning
     */
    Delta(byte[] bytes) throws IOException {
        this.bytes = ByteBuffer.wrap(bytes);
        try {
            this.baseSize = length();
            this.resultSize = length();
        } catch (BufferUnderflowException ex) {
            throw damaged();
        }
    }

    /** How long the result claims to be. */
    long size() {
        return this.resultSize;
    }

    private long length() throws IOException {
        long length = 0;
        for (int shift = 0; shift < Long.SIZE - 8; shift += 7) {
            byte next = this.bytes.get();
            length |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return length;
            }
        }
        throw damaged();
    }

    /**
     * Makes the result.
     *
     * @param base what it is made of
     * @param most how long the result may be
     */
    byte[] apply(byte[] base, int most) throws IOException {
        if (base.length != this.baseSize || this.resultSize > most) {
            throw damaged();
        }
        ByteBuffer result = ByteBuffer.allocate((int) this.resultSize);
        try {
            while (this.bytes.hasRemaining()) {
                int instruction = this.bytes.get() & 0xFF;
                if ((instruction & COPY) != 0) {
                    int offset = number(instruction, 4);
                    int length = number(instruction >> 4, 3);
                    result.put(base, offset, (length == 0) ? WHOLE_COPY : length);
                } else if (instruction > 0) {
                    result.put(result.position(), this.bytes, this.bytes.position(), instruction);
                    result.position(result.position() + instruction);
                    this.bytes.position(this.bytes.position() + instruction);
                } else {
                    throw damaged();
                }
            }
        } catch (BufferUnderflowException | BufferOverflowException | IndexOutOfBoundsException ex) {
            // something of it lies outside of the base, the delta or the result
            throw damaged();
        }
        if (result.hasRemaining()) {
            throw damaged();
        }
        return result.array();
    }

    /** A number of which only some bytes are there, each where its bit is set. */
    private int number(int bits, int most) {
        int number = 0;
        for (int i = 0; i < most; i++) {
            if ((bits >> i & 1) != 0) {
                number |= (this.bytes.get() & 0xFF) << (8 * i);
            }
        }
        return number;
    }

    private static IOException damaged() {
        return new IOException("a pack of the repository is damaged");
    }
}

package cloud.enact.action;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * RFC 9562 section 5.7 with method 1 of section 6.2: within one millisecond a 12-bit counter keeps ids ascending.
 * Random bytes are drawn in blocks, because one call per id costs more than everything else here.
 */
final class UuidV7Generator implements IdGenerator {

    private static final int BLOCK = 2048;

    private final Clock clock;

    private final SecureRandom random = new SecureRandom();

    private final byte[] block = new byte[BLOCK];

    private int used = BLOCK;

    private long lastMillis;

    private int counter;

    UuidV7Generator(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized UUID next() {
        long millis = Math.max(this.clock.millis(), this.lastMillis);
        if (millis == this.lastMillis && ++this.counter > 0xFFF) {
            // more than 4096 ids in a millisecond: borrow from the next one rather than wait
            millis++;
            this.counter = 0;
        } else if (millis != this.lastMillis) {
            this.counter = 0;
        }
        this.lastMillis = millis;
        long high = (millis << 16) | 0x7000L | this.counter;
        long low = (randomLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private long randomLong() {
        if (this.used + 8 > BLOCK) {
            this.random.nextBytes(this.block);
            this.used = 0;
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (this.block[this.used++] & 0xFF);
        }
        return value;
    }
}

package cloud.enact.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates how much work arguments can make, and stops counting when it is too much. */
final class ArgumentSize {

    /** A value counts for some characters even when it is empty, because somebody must look at it. */
    private static final int PER_VALUE = 16;

    private static final int BITS_PER_CHARACTER = 4;

    private final long limit;

    private long size;

    private ArgumentSize(long limit) {
        this.limit = limit;
    }

    /**
     * Whether the texts in the arguments, keys included, are larger than this.
     *
     * @param limit characters
     */
    static boolean exceeds(Map<String, @Nullable Object> args, long limit) {
        ArgumentSize counted = new ArgumentSize(limit);
        counted.add(args);
        return counted.isOver();
    }

    private boolean isOver() {
        return this.size > this.limit;
    }

    /** The depth is bounded by what arguments may nest. */
    private void add(@Nullable Object value) {
        this.size += PER_VALUE;
        if (value instanceof CharSequence text) {
            this.size += text.length();
        } else if (value instanceof BigInteger number) {
            this.size += number.bitLength() / BITS_PER_CHARACTER;
        } else if (value instanceof BigDecimal number) {
            this.size += number.unscaledValue().bitLength() / BITS_PER_CHARACTER;
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (isOver()) {
                    return;
                }
                this.size += String.valueOf(entry.getKey()).length();
                add(entry.getValue());
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                if (isOver()) {
                    return;
                }
                add(element);
            }
        }
    }
}

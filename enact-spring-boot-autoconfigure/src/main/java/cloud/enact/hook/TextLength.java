package cloud.enact.hook;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells roughly how many characters a value keeps in memory. */
final class TextLength {

    /** What an element takes beside its text. */
    private static final int ELEMENT = 16;

    private TextLength() {}

    static long of(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return text.length() + (long) ELEMENT;
        }
        long length = ELEMENT;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                length += of(entry.getKey()) + of(entry.getValue());
            }
        } else if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                length += of(element);
            }
        }
        return length;
    }
}

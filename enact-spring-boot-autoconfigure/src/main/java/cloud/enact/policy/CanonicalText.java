package cloud.enact.policy;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values written so that different values never give the same text: every part is preceded by its length. */
final class CanonicalText {

    private final StringBuilder text = new StringBuilder();

    CanonicalText(String kind) {
        add(kind);
    }

    CanonicalText add(@Nullable Object value) {
        if (value == null) {
            this.text.append('n');
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, element) -> sorted.put(String.valueOf(key), element));
            this.text.append('m').append(sorted.size()).append(':');
            sorted.forEach((key, element) -> add(key).add(element));
        } else if (value instanceof Collection<?> collection) {
            this.text.append('l').append(collection.size()).append(':');
            collection.forEach(this::add);
        } else {
            String scalar = value.toString();
            this.text.append('t').append(scalar.length()).append(':').append(scalar);
        }
        return this;
    }

    @Override
    public String toString() {
        return this.text.toString();
    }
}

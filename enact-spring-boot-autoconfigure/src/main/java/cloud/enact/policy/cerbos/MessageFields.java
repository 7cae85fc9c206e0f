package cloud.enact.policy.cerbos;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a principal or resource. All can be read, but written out are only those that say something. */
final class MessageFields extends AbstractMap<String, Object> {

    private static final Map<String, String> OTHER_SPELLINGS = Map.of("policy_version", "policyVersion");

    private final Map<String, Object> fields;

    MessageFields(Map<String, Object> fields) {
        this.fields = fields;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return this.fields.get(spelled(name));
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return this.fields.containsKey(spelled(name));
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> written = new LinkedHashMap<>(this.fields);
        written.values().removeIf(MessageFields::isEmpty);
        return written.entrySet();
    }

    private static boolean isEmpty(Object value) {
        return value.equals("")
                || value instanceof Collection<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    private static String spelled(@Nullable Object name) {
        return (name instanceof String text) ? OTHER_SPELLINGS.getOrDefault(text, text) : "";
    }
}

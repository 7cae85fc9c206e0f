package cloud.enact.connector.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether one step may be built on another: when it is about the same place, or was given anything that the other was
 * given or answered. Rather one too many than one too few.
 *
 * @param newer values of the newer step
 * @param older values of the older step
 */
record Kinship(Values newer, Values older) {

    boolean between(HttpOperation newerOperation, HttpOperation olderOperation) {
        Set<String> given = new HashSet<>();
        collect(this.newer.args(), given);
        Set<String> known = new HashSet<>();
        collect(this.older.args(), known);
        collect(this.older.result(), known);
        if (given.stream().anyMatch(known::contains)) {
            return true;
        }
        Look newerLook = newerOperation.look();
        Look olderLook = olderOperation.look();
        return newerLook == null
                || olderLook == null
                || newerLook
                        .request()
                        .render(this.newer)
                        .target()
                        .equals(olderLook.request().render(this.older).target());
    }

    private static void collect(@Nullable Object value, Set<String> values) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(member -> collect(member, values));
        } else if (value instanceof Collection<?> list) {
            list.forEach(element -> collect(element, values));
        } else if (value instanceof Number || value instanceof String text && !text.isEmpty()) {
            values.add(value.toString());
        }
    }
}

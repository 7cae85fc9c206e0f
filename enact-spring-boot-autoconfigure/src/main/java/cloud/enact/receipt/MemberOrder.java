package cloud.enact.receipt;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The order of an object's members in canonical JSON. */
final class MemberOrder {

    /** So few members sort faster in place than in a tree. */
    private static final int FEW = 16;

    private MemberOrder() {}

    /** Names and values in turn, in the order of UTF-16 code units. */
    static Object[] sorted(Map<?, ?> map) {
        Object[] members = new Object[map.size() * 2];
        int count = 0;
        boolean plain = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (count + 2 > members.length) {
                members = Arrays.copyOf(members, members.length * 2 + 2);
            }
            Object key = entry.getKey();
            plain = plain && key instanceof String name && CanonicalJson.wellFormed(name);
            members[count] = key;
            members[count + 1] = entry.getValue();
            count += 2;
        }
        members = (count == members.length) ? members : Arrays.copyOf(members, count);
        return plain ? sort(members) : sort(unique(members));
    }

    private static Object[] sort(Object[] members) {
        boolean ascending = true;
        for (int i = 2; i < members.length && ascending; i += 2) {
            ascending = ((String) members[i - 2]).compareTo((String) members[i]) < 0;
        }
        if (ascending) {
            return members;
        }
        return (members.length <= FEW * 2) ? insertionSort(members) : treeSort(members);
    }

    private static Object[] insertionSort(Object[] members) {
        for (int i = 2; i < members.length; i += 2) {
            String name = (String) members[i];
            Object value = members[i + 1];
            int to = i;
            while (to > 0 && ((String) members[to - 2]).compareTo(name) > 0) {
                members[to] = members[to - 2];
                members[to + 1] = members[to - 1];
                to -= 2;
            }
            members[to] = name;
            members[to + 1] = value;
        }
        return members;
    }

    private static Object[] treeSort(Object[] members) {
        TreeMap<String, Integer> order = new TreeMap<>();
        for (int i = 0; i < members.length; i += 2) {
            order.put((String) members[i], i);
        }
        Object[] result = new Object[members.length];
        int at = 0;
        for (int from : order.values()) {
            result[at++] = members[from];
            result[at++] = members[from + 1];
        }
        return result;
    }

    /** Makes names of what is not well-formed text, without letting two of them become the same. */
    private static Object[] unique(Object[] members) {
        TreeMap<String, @Nullable Object> result = new TreeMap<>();
        Map<String, Integer> taken = new HashMap<>();
        for (boolean changed : new boolean[] {false, true}) {
            for (int i = 0; i < members.length; i += 2) {
                boolean plain = members[i] instanceof String name && CanonicalJson.wellFormed(name);
                if (plain == changed) {
                    continue;
                }
                String name = plain ? (String) members[i] : CanonicalJson.repair(members[i]);
                String free = name;
                while (result.containsKey(free)) {
                    free = name + '\uFFFD' + taken.merge(name, 1, Integer::sum);
                }
                result.put(free, members[i + 1]);
            }
        }
        Object[] flat = new Object[result.size() * 2];
        int at = 0;
        for (Map.Entry<String, @Nullable Object> entry : result.entrySet()) {
            flat[at++] = entry.getKey();
            flat[at++] = entry.getValue();
        }
        return flat;
    }
}

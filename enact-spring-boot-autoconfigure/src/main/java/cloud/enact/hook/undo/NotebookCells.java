package cloud.enact.hook.undo;

import cloud.enact.action.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares notebooks, which a tool writes anew for one cell of them. */
final class NotebookCells {

    private static final StrictJson JSON = new StrictJson(16 * 1024 * 1024, 64);

    /** What a tool may set beside the source of a cell. */
    private static final Set<String> OF_THE_TOOL =
            Set.of("source", "outputs", "execution_count", "cell_type", "metadata", "id");

    private NotebookCells() {}

    /**
     * Whether the second differs from the first only as the input says.
     *
     * @param input of the tool
     */
    static boolean differByOne(byte[] before, byte[] now, Map<String, @Nullable Object> input) {
        Map<?, ?> old;
        Map<?, ?> other;
        try {
            old = notebook(before);
            other = notebook(now);
        } catch (IllegalArgumentException ex) {
            // nobody can compare them
            return false;
        }
        if (!rest(old, Set.of("cells")).equals(rest(other, Set.of("cells")))) {
            return false;
        }
        List<?> cells = cells(old);
        List<?> left = cells(other);
        String source = (input.get("new_source") instanceof String text) ? text : "";
        int grown = left.size() - cells.size();
        int at = firstDifference(cells, left);
        if ("delete".equals(input.get("edit_mode"))) {
            return grown == -1 && without(cells, at).equals(left);
        }
        boolean one = (grown == 0 && without(cells, at).equals(without(left, at)))
                || (grown == 1 && without(left, at).equals(cells));
        return one
                && at < left.size()
                && left.get(at) instanceof Map<?, ?> cell
                && source.equals(source(cell))
                && OF_THE_TOOL.containsAll(grown == 1 ? cell.keySet() : Set.of())
                && (grown == 1
                        || cells.get(at) instanceof Map<?, ?> was
                                && rest(was, OF_THE_TOOL).equals(rest(cell, OF_THE_TOOL))
                                && Objects.equals(was.get("id"), cell.get("id")));
    }

    private static Map<?, ?> notebook(byte[] content) {
        Object value = plain(JSON.read(new String(content, StandardCharsets.UTF_8)));
        if (value instanceof Map<?, ?> notebook && notebook.get("cells") instanceof List<?>) {
            return notebook;
        }
        throw new IllegalArgumentException("not a notebook");
    }

    private static List<?> cells(Map<?, ?> notebook) {
        return (notebook.get("cells") instanceof List<?> cells) ? cells : List.of();
    }

    /** With numbers as the tool knows them: it writes {@code 1.0} as {@code 1}. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Map<?, ?> object) {
            Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
            object.forEach((name, member) -> plain.put(name, plain(member)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>(list.size());
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value;
    }

    private static Map<?, ?> rest(Map<?, ?> object, Set<String> but) {
        Map<Object, @Nullable Object> rest = new LinkedHashMap<>();
        object.forEach((name, member) -> rest.put(name, member));
        rest.keySet().removeAll(but);
        return rest;
    }

    private static int firstDifference(List<?> one, List<?> other) {
        int at = 0;
        int last = Math.max(one.size(), other.size()) - 1;
        while (at < last && at < one.size() && at < other.size() && Objects.equals(one.get(at), other.get(at))) {
            at++;
        }
        return at;
    }

    private static List<?> without(List<?> cells, int at) {
        List<@Nullable Object> rest = new ArrayList<>();
        cells.forEach(rest::add);
        if (at < rest.size()) {
            rest.remove(at);
        }
        return rest;
    }

    private static @Nullable String source(Map<?, ?> cell) {
        return (cell.get("source") instanceof List<?> lines)
                ? lines.stream().map(String::valueOf).collect(Collectors.joining())
                : (cell.get("source") instanceof String text) ? text : null;
    }
}

package cloud.enact.rollback;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants to skip or to force, as somebody types or sends it.
 *
 * @param steps positions of steps
 * @param rows names of tables and rows, as a preview has them
 */
public record Selection(Set<Long> steps, Set<String> rows) {

    /** Characters of a list: enough for ten thousand positions. */
    private static final int MAX_LENGTH = 200_000;

    public Selection {
        steps = Set.copyOf(steps);
        rows = Set.copyOf(rows);
    }

    /** Nothing. */
    public static Selection none() {
        return new Selection(Set.of(), Set.of());
    }

    /** Steps. */
    public static Selection ofSteps(Long... positions) {
        return new Selection(Set.of(positions), Set.of());
    }

    /** Tables and rows. */
    public static Selection ofRows(String... rows) {
        return new Selection(Set.of(), Set.of(rows));
    }

    /**
     * Reads a list of positions only, such as {@code 3,7}.
     *
     * @param text the list; {@code null} or blank for nothing
     * @throws IllegalArgumentException for anything else; the text is not echoed
     */
    public static Set<Long> parseSteps(@Nullable String text) {
        Selection selection = parse(text);
        if (!selection.rows().isEmpty()) {
            throw new IllegalArgumentException(
                    "Rows of a table are undone together, so only positions are named here, such as 3,7");
        }
        return selection.steps();
    }

    /**
     * Reads a list with commas between its elements, such as {@code 3,7,public.orders}. A comma inside of double quotes
     * is part of a name.
     *
     * @param text the list; {@code null} or blank for nothing
     * @throws IllegalArgumentException for anything else; the text is not echoed
     */
    public static Selection parse(@Nullable String text) {
        Set<Long> steps = new TreeSet<>();
        Set<String> rows = new TreeSet<>();
        if (text == null || text.isBlank()) {
            return new Selection(steps, rows);
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Too many positions at once; skip or force fewer steps");
        }
        for (String element : split(text)) {
            if (element.indexOf('.') > 0) {
                rows.add(element);
                continue;
            }
            try {
                steps.add(Long.valueOf(element));
            } catch (NumberFormatException ex) {
                throw new IllegalArgumentException(
                        "Positions are whole numbers, tables and rows are named as a preview names them,"
                                + " with commas between them, such as 3,7,public.orders");
            }
        }
        return new Selection(steps, rows);
    }

    private static List<String> split(String text) {
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                elements.add(text.substring(from, i).trim());
                from = i + 1;
            }
        }
        elements.add(text.substring(from).trim());
        return elements;
    }
}

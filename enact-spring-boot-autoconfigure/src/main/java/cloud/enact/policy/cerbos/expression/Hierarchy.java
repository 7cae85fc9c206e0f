package cloud.enact.policy.cerbos.expression;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** A path of names such as {@code acme.hr.uk}, from the root down. To expressions it is a list. Immutable. */
final class Hierarchy extends AbstractList<String> {

    private final List<String> names;

    private Hierarchy(List<String> names) {
        this.names = names;
    }

    static Hierarchy of(String text, String delimiter) {
        List<String> names = new ArrayList<>();
        int from = 0;
        if (delimiter.isEmpty()) {
            text.codePoints().forEach(letter -> names.add(Character.toString(letter)));
            return new Hierarchy(names);
        }
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
            names.add(text.substring(from, at));
            from = at + delimiter.length();
        }
        names.add(text.substring(from));
        return new Hierarchy(names);
    }

    static Hierarchy of(List<?> elements) {
        List<String> names = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof String name)) {
                throw new IllegalArgumentException("A hierarchy is made of texts");
            }
            names.add(name);
        }
        return new Hierarchy(names);
    }

    @Override
    public String get(int index) {
        return this.names.get(index);
    }

    @Override
    public int size() {
        return this.names.size();
    }

    boolean isAncestorOf(Hierarchy other) {
        return other.size() > size() && startsLike(other, size());
    }

    boolean isImmediateParentOf(Hierarchy other) {
        return other.size() == size() + 1 && startsLike(other, size());
    }

    boolean isSiblingOf(Hierarchy other) {
        return other.size() == size() && startsLike(other, Math.max(0, size() - 1));
    }

    boolean overlaps(Hierarchy other) {
        return startsLike(other, Math.min(size(), other.size()));
    }

    Hierarchy commonAncestors(Hierarchy other) {
        int longest = (size() == other.size()) ? Math.max(0, size() - 1) : Math.min(size(), other.size());
        int common = 0;
        while (common < longest && get(common).equals(other.get(common))) {
            common++;
        }
        return new Hierarchy(this.names.subList(0, common));
    }

    private boolean startsLike(Hierarchy other, int count) {
        return this.names.subList(0, count).equals(other.names.subList(0, count));
    }
}

package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Part.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expands braces: {@code {a,b}} and {@code {1..3}}. */
final class Braces {

    /** More words than this are not made of one. */
    private static final int MOST = 2000;

    private final Effort effort;

    Braces(Effort effort) {
        this.effort = effort;
    }

    /** The words that one word stands for. */
    List<Word> expand(Word word) {
        if (!mayExpand(word)) {
            return List.of(word);
        }
        List<Part> atoms = atoms(word);
        List<Word> words = new ArrayList<>();
        for (List<Part> expanded : expand(atoms)) {
            words.add(new Word(joined(expanded)));
        }
        return words;
    }

    private static boolean mayExpand(Word word) {
        boolean open = false;
        boolean separated = false;
        for (Part part : word.parts()) {
            if (part instanceof Text text && !text.quoted()) {
                open |= text.text().indexOf('{') >= 0;
                separated |= text.text().indexOf(',') >= 0 || text.text().contains("..");
            }
        }
        return open && separated;
    }

    /** One part for each character that might be a brace. */
    private static List<Part> atoms(Word word) {
        List<Part> atoms = new ArrayList<>();
        for (Part part : word.parts()) {
            if (part instanceof Text text && !text.quoted()) {
                for (int i = 0; i < text.text().length(); i++) {
                    atoms.add(new Text(text.text().substring(i, i + 1), false));
                }
            } else {
                atoms.add(part);
            }
        }
        return atoms;
    }

    private List<List<Part>> expand(List<Part> atoms) {
        this.effort.enter();
        this.effort.spend(atoms.size());
        List<List<Part>> result = expandFirst(atoms);
        this.effort.leave();
        return result;
    }

    private List<List<Part>> expandFirst(List<Part> atoms) {
        for (int open = 0; open < atoms.size(); open++) {
            if (!is(atoms.get(open), '{')) {
                continue;
            }
            int close = closing(atoms, open);
            if (close < 0) {
                continue;
            }
            List<List<Part>> choices = choices(atoms.subList(open + 1, close));
            if (choices == null) {
                continue;
            }
            return combine(atoms.subList(0, open), choices, expand(atoms.subList(close + 1, atoms.size())));
        }
        return List.of(atoms);
    }

    private List<List<Part>> combine(List<Part> before, List<List<Part>> choices, List<List<Part>> rests) {
        List<List<Part>> all = new ArrayList<>();
        for (List<Part> choice : choices) {
            for (List<Part> rest : rests) {
                List<Part> one = new ArrayList<>(before.size() + choice.size() + rest.size());
                one.addAll(before);
                one.addAll(choice);
                one.addAll(rest);
                all.add(one);
                this.effort.spend(one.size());
                if (all.size() > MOST) {
                    throw new NotUnderstoodException("has braces that stand for too many words");
                }
            }
        }
        return all;
    }

    private int closing(List<Part> atoms, int open) {
        int depth = 0;
        for (int at = open; at < atoms.size(); at++) {
            if (is(atoms.get(at), '{')) {
                depth++;
            } else if (is(atoms.get(at), '}') && --depth == 0) {
                this.effort.spend(at - open);
                return at;
            }
        }
        this.effort.spend(atoms.size() - open);
        return -1;
    }

    /** What stands between braces, each expanded in turn; {@code null} when the braces mean themselves. */
    private @Nullable List<List<Part>> choices(List<Part> inside) {
        List<List<Part>> choices = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < inside.size(); at++) {
            Part atom = inside.get(at);
            if (is(atom, '{')) {
                depth++;
            } else if (is(atom, '}')) {
                depth--;
            } else if (is(atom, ',') && depth == 0) {
                choices.addAll(expand(inside.subList(start, at)));
                start = at + 1;
            }
        }
        if (start == 0) {
            return sequence(inside);
        }
        choices.addAll(expand(inside.subList(start, inside.size())));
        return choices;
    }

    private @Nullable List<List<Part>> sequence(List<Part> inside) {
        String text = new Word(inside).constant();
        int dots = (text == null) ? -1 : text.indexOf("..");
        if (text == null || dots <= 0) {
            return null;
        }
        int second = text.indexOf("..", dots + 2);
        String from = text.substring(0, dots);
        String to = text.substring(dots + 2, (second < 0) ? text.length() : second);
        String step = (second < 0) ? "1" : text.substring(second + 2);
        if (!isNumber(step)) {
            return null;
        }
        int by = Math.max(1, Math.abs(Integer.parseInt(step)));
        if (isNumber(from) && isNumber(to)) {
            return range(Integer.parseInt(from), Integer.parseInt(to), by, false);
        }
        if (from.length() == 1 && to.length() == 1) {
            return range(from.charAt(0), to.charAt(0), by, true);
        }
        return null;
    }

    private List<List<Part>> range(int from, int to, int by, boolean letters) {
        if (Math.abs((long) to - from) / by > MOST) {
            throw new NotUnderstoodException("has braces that stand for too many words");
        }
        List<List<Part>> values = new ArrayList<>();
        int count = (int) (Math.abs((long) to - from) / by);
        for (int i = 0; i <= count; i++) {
            int value = (from <= to) ? from + i * by : from - i * by;
            values.add(List.of(new Text(letters ? String.valueOf((char) value) : Integer.toString(value), false)));
        }
        this.effort.spend(count);
        return values;
    }

    private static boolean isNumber(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        if (text.length() == from || text.length() > 9) {
            return false;
        }
        return text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean is(Part part, char c) {
        return part instanceof Text text
                && !text.quoted()
                && text.text().length() == 1
                && text.text().charAt(0) == c;
    }

    private static List<Part> joined(List<Part> atoms) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (Part atom : atoms) {
            if (atom instanceof Text text && !text.quoted()) {
                plain.append(text.text());
            } else {
                if (!plain.isEmpty()) {
                    parts.add(new Text(plain.toString(), false));
                    plain.setLength(0);
                }
                parts.add(atom);
            }
        }
        if (!plain.isEmpty()) {
            parts.add(new Text(plain.toString(), false));
        }
        return parts;
    }
}

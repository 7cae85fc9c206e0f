package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options and operands of a program. */
final class Options {

    private final List<Option> options = new ArrayList<>();

    private final List<Integer> operands = new ArrayList<>();

    /**
     * Reads options up to the first operand.
     *
     * @param shortWithValue letters of options that take a value; after a colon those that only take it in the same word
     * @param longWithValue long options that take one, without dashes
     */
    static Options leading(List<Field> fields, int from, String shortWithValue, Set<String> longWithValue) {
        return new Options(fields, from, shortWithValue, longWithValue, false);
    }

    /** Reads options wherever they stand. */
    static Options anywhere(List<Field> fields, int from, String shortWithValue, Set<String> longWithValue) {
        return new Options(fields, from, shortWithValue, longWithValue, true);
    }

    private Options(List<Field> fields, int from, String shortWithValue, Set<String> longWithValue, boolean anywhere) {
        int at = from;
        boolean ended = false;
        while (at < fields.size()) {
            String text = fields.get(at).text();
            boolean option = !ended && text.length() > 1 && text.charAt(0) == '-';
            if (!option) {
                if (!anywhere) {
                    break;
                }
                this.operands.add(at++);
            } else if (text.equals("--")) {
                ended = true;
                at++;
                if (!anywhere) {
                    break;
                }
            } else if (text.startsWith("--")) {
                at = longOption(fields, at, longWithValue);
            } else {
                at = shortOptions(fields, at, shortWithValue, longWithValue);
            }
        }
        while (at < fields.size()) {
            this.operands.add(at++);
        }
    }

    private int longOption(List<Field> fields, int at, Set<String> withValue) {
        String text = fields.get(at).text();
        int equals = text.indexOf('=');
        String name = text.substring(2, (equals < 0) ? text.length() : equals);
        if (equals >= 0) {
            this.options.add(new Option(name, Field.of(text.substring(equals + 1)), at));
            return at + 1;
        }
        boolean takes = withValue.contains(name) && at + 1 < fields.size();
        this.options.add(new Option(name, takes ? fields.get(at + 1) : null, at));
        return takes ? at + 2 : at + 1;
    }

    private int shortOptions(List<Field> fields, int at, String withValue, Set<String> longWithValue) {
        String text = fields.get(at).text();
        if (longWithValue.contains(text) && at + 1 < fields.size()) {
            // written with one dash, as in -cmd
            this.options.add(new Option(text, fields.get(at + 1), at));
            return at + 2;
        }
        int attached = withValue.indexOf(':');
        for (int i = 1; i < text.length(); i++) {
            String name = text.substring(i, i + 1);
            int place = withValue.indexOf(text.charAt(i));
            if (place < 0) {
                this.options.add(new Option(name, null, at));
            } else if (i + 1 < text.length() || attached >= 0 && place > attached) {
                this.options.add(new Option(name, Field.of(text.substring(i + 1)), at));
                return at + 1;
            } else {
                boolean takes = at + 1 < fields.size();
                this.options.add(new Option(name, takes ? fields.get(at + 1) : null, at));
                return takes ? at + 2 : at + 1;
            }
        }
        return at + 1;
    }

    List<Option> all() {
        return this.options;
    }

    /** Where the first operand stands, or -1. */
    int first() {
        return this.operands.isEmpty() ? -1 : this.operands.get(0);
    }

    List<Integer> operands() {
        return this.operands;
    }

    boolean has(String name) {
        for (Option option : this.options) {
            if (option.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The values of these options, in order. */
    List<Field> values(Set<String> names) {
        List<Field> values = new ArrayList<>();
        for (Option option : this.options) {
            if (names.contains(option.name()) && option.value() != null) {
                values.add(option.value());
            }
        }
        return values;
    }

    /** One option, without dashes. */
    record Option(String name, @Nullable Field value, int at) {}
}

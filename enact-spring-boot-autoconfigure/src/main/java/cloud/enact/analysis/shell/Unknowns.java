package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known only at run time. Each such part is one character of the private use area while words are put
 * together, so that it survives quoting, splitting and being read again as a command.
 */
final class Unknowns {

    private static final char FIRST = '\uE000';

    private static final char LAST = '\uF8FF';

    private final List<Unknown> known = new ArrayList<>();

    /** A part that came from nowhere in the text: an environment variable. */
    String fromOutside(String raw) {
        return add(new Unknown(raw, true, List.of(), List.of(), List.of(), null));
    }

    /** A part that the text itself computes. */
    String computed(String raw) {
        return computed(raw, List.of());
    }

    /**
     * A part that commands write.
     *
     * @param producers their indexes
     */
    String computed(String raw, List<Integer> producers) {
        return add(new Unknown(raw, false, producers, List.of(), List.of(), null));
    }

    /**
     * The name of a file that is a pipe from or to commands.
     *
     * @param output the commands, and what they write where that is known
     */
    String pipe(String raw, Walk.Output output, boolean input) {
        List<Integer> members = output.producers();
        return add(new Unknown(
                raw,
                false,
                input ? members : List.of(),
                input ? members : List.of(),
                input ? List.of() : members,
                input ? output.text() : null));
    }

    /** What comes out of a pipe with this name, or {@code null}. */
    @Nullable
    String piped(String name) {
        int index = (name.length() == 1) ? name.charAt(0) - FIRST : -1;
        return (index >= 0 && index < this.known.size()) ? this.known.get(index).text() : null;
    }

    private String add(Unknown unknown) {
        if (this.known.size() <= LAST - FIRST) {
            this.known.add(unknown);
        }
        return String.valueOf((char) (FIRST + this.known.size() - 1));
    }

    static boolean isUnknown(char c) {
        return c >= FIRST && c <= LAST;
    }

    static boolean in(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnknown(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether all that is unknown in a text comes from the environment. */
    boolean onlyFromOutside(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnknown(c)
                    && !(c - FIRST < this.known.size()
                            && this.known.get(c - FIRST).outside())) {
                return false;
            }
        }
        return true;
    }

    /** The commands whose output is a part of this text. */
    List<Integer> producers(String text) {
        return members(text, Unknown::producers);
    }

    /** The commands that write to a file named in this text. */
    List<Integer> writers(String text) {
        return members(text, Unknown::writers);
    }

    /** The commands that read from a file named in this text. */
    List<Integer> readers(String text) {
        return members(text, Unknown::readers);
    }

    private List<Integer> members(String text, Function<Unknown, List<Integer>> kind) {
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            int index = text.charAt(i) - FIRST;
            if (isUnknown(text.charAt(i)) && index < this.known.size()) {
                members.addAll(kind.apply(this.known.get(index)));
            }
        }
        return members;
    }

    /** The text as it was written. */
    String shown(String text) {
        if (!in(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnknown(c) && c - FIRST < this.known.size()) {
                shown.append(this.known.get(c - FIRST).raw());
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private record Unknown(
            String raw,
            boolean outside,
            List<Integer> producers,
            List<Integer> writers,
            List<Integer> readers,
            @Nullable String text) {}
}

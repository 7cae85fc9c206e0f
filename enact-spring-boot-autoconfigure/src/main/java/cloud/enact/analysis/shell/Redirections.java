package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Redirect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What redirections read and write, and what is known of the files they write. */
final class Redirections {

    /** More files than this are not followed. */
    private static final int MOST_FILES = 64;

    private final FactsBuilder facts;

    private final Unknowns unknowns;

    private final Expansion expansion;

    /** The texts of files that were written here. */
    private final Map<String, String> files = new HashMap<>();

    Redirections(FactsBuilder facts, Unknowns unknowns, Expansion expansion) {
        this.facts = facts;
        this.unknowns = unknowns;
        this.expansion = expansion;
    }

    /** Reads the redirections of the command with this index. */
    Result of(List<Redirect> redirects, int index, Frame frame) {
        if (redirects.isEmpty()) {
            return Result.NONE;
        }
        List<Redirection> all = new ArrayList<>(redirects.size());
        Input input = null;
        String output = null;
        boolean append = false;
        for (Redirect redirect : redirects) {
            String operator = redirect.operator();
            String text = this.expansion.text(redirect.content(), frame);
            boolean document = operator.startsWith("<<");
            boolean glob = !document && Expansion.isGlob(redirect.target());
            all.add(new Redirection(operator, new ShellWord(this.unknowns.shown(text), Unknowns.in(text), glob)));
            link(text, index);
            String descriptor = redirect.descriptor();
            if (document && !descriptor.isEmpty()) {
                write("/dev/fd/" + descriptor, text, false);
            }
            if (operator.startsWith("<") && (descriptor.isEmpty() || descriptor.equals("0"))) {
                input = input(operator, text);
            } else if (descriptor.isEmpty() || descriptor.equals("1")) {
                output = operator.endsWith("&") && isDescriptor(text) ? output : text;
                append = operator.endsWith(">>");
            }
        }
        return new Result(all, input, output, append);
    }

    private Input input(String operator, String text) {
        return switch (operator) {
            case "<<", "<<-" -> new Input(text, true, true);
            case "<<<" -> new Input(text + "\n", true, true);
            case "<" -> fromFile(text);
            default -> Input.UNKNOWN;
        };
    }

    /** An unknown file is a script or data like any other; a pipe from other commands is not. */
    private Input fromFile(String file) {
        String known = file(file);
        if (known != null) {
            return Input.of(known);
        }
        return this.unknowns.writers(file).isEmpty() ? Input.INHERITED : Input.UNKNOWN;
    }

    private static boolean isDescriptor(String text) {
        return text.equals("-") || text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Files that are pipes from or to other commands join them with the one that uses them. */
    void link(String text, int index) {
        if (!Unknowns.in(text)) {
            return;
        }
        List<Integer> writers = this.unknowns.writers(text);
        if (!writers.isEmpty()) {
            pipeline(writers, List.of(index));
        }
        List<Integer> readers = this.unknowns.readers(text);
        if (!readers.isEmpty()) {
            pipeline(List.of(index), readers);
        }
    }

    /** Commands whose output is run as commands are as good as piped into a shell. */
    void linkCode(String text, int index) {
        List<Integer> producers = Unknowns.in(text) ? this.unknowns.producers(text) : List.of();
        if (!producers.isEmpty()) {
            pipeline(producers, List.of(index));
        }
    }

    private void pipeline(List<Integer> from, List<Integer> to) {
        List<Integer> members = new ArrayList<>(from);
        members.addAll(to);
        members.removeIf(index -> index >= this.facts.size());
        this.facts.pipeline(members);
    }

    /** Remembers what goes to a file; what is left is what the command writes to its output. */
    @Nullable
    String written(Result redirected, @Nullable String output) {
        String file = redirected.output();
        if (file == null) {
            return output;
        }
        write(file, output, redirected.append());
        return "";
    }

    void write(String file, @Nullable String text, boolean append) {
        String name = normalized(file);
        String before = append ? this.files.getOrDefault(name, "") : "";
        if (text == null || before.length() + text.length() > ShellAnalyzer.LONGEST_TEXT) {
            this.files.remove(name);
        } else if (this.files.size() < MOST_FILES || this.files.containsKey(name)) {
            this.files.put(name, before + text);
        }
    }

    /** What a file written here holds, or {@code null}. */
    @Nullable
    String file(String name) {
        String piped = this.unknowns.piped(name);
        return (piped != null || this.files.isEmpty()) ? piped : this.files.get(normalized(name));
    }

    private static String normalized(String file) {
        return file.startsWith("./") ? file.substring(2) : file;
    }

    /**
     * What redirections come to.
     *
     * @param input what is read, {@code null} when nothing redirects it
     * @param output the file that is written, {@code null} without
     */
    record Result(
            List<Redirection> all,
            @Nullable Input input,
            @Nullable String output,
            boolean append) {

        static final Result NONE = new Result(List.of(), null, null, false);
    }
}

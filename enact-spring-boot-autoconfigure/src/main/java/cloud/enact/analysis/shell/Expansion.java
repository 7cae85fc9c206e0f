package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Part.Arithmetic;
import cloud.enact.analysis.shell.Part.Process;
import cloud.enact.analysis.shell.Part.Substitution;
import cloud.enact.analysis.shell.Part.Text;
import cloud.enact.analysis.shell.Part.Variable;
import cloud.enact.analysis.shell.ShellCommand.Context;
import java.util.ArrayList;
import java.util.List;

/** Expands words as far as their values are known; the commands inside them are walked on the way. */
final class Expansion {

    /** A value longer than this is not followed. */
    private static final int LONGEST_VALUE = 100_000;

    private static final int WORD = 8;

    private final Walk walk;

    private final Unknowns unknowns;

    private final Parameters parameters;

    private final Braces braces;

    private final Effort effort;

    Expansion(Walk walk, Unknowns unknowns, Effort effort) {
        this.walk = walk;
        this.unknowns = unknowns;
        this.effort = effort;
        this.parameters = new Parameters(this, unknowns);
        this.braces = new Braces(effort);
    }

    /** The fields of words: braces, variables and substitutions, splitting. */
    List<Field> fields(List<Word> words, Frame frame) {
        List<Field> done = new ArrayList<>(words.size());
        for (Word word : words) {
            for (Word one : this.braces.expand(word)) {
                Fields fields = new Fields(done);
                for (Part part : one.parts()) {
                    append(part, fields, frame);
                }
                fields.end();
            }
        }
        return done;
    }

    private void append(Part part, Fields fields, Frame frame) {
        if (part instanceof Text text) {
            if (text.quoted()) {
                fields.quoted(text.text());
            } else {
                fields.plain(text.text());
            }
            return;
        }
        boolean quoted = isQuoted(part);
        List<String> values = values(part, frame);
        String separators = separators(frame);
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                fields.end();
            }
            String value = values.get(i);
            // each of them may become a word, which everybody looks at
            this.effort.spend(WORD + value.length() * (quoted ? 1 : 4));
            if (quoted) {
                fields.quoted(value);
            } else if (Unknowns.in(separators)) {
                fields.quoted(this.unknowns.computed(value));
            } else {
                fields.split(value, separators);
            }
        }
    }

    private static String separators(Frame frame) {
        List<String> given = frame.variables().get("IFS");
        return (given == null) ? " \t\n" : String.join("", given);
    }

    private static boolean isQuoted(Part part) {
        return part instanceof Variable variable && variable.quoted()
                || part instanceof Substitution substitution && substitution.quoted()
                || part instanceof Arithmetic arithmetic && arithmetic.quoted()
                || part instanceof Process;
    }

    /** The value of a word where it is not split: assignments, targets of redirections, here-documents. */
    String text(Word word, Frame frame) {
        if (word.parts().size() == 1 && word.parts().get(0) instanceof Text only) {
            return only.text();
        }
        StringBuilder all = new StringBuilder();
        for (Part part : word.parts()) {
            if (part instanceof Text text) {
                all.append(text.text());
            } else {
                all.append(String.join(" ", values(part, frame)));
            }
            this.effort.spend(1 + all.length() / 64);
            if (all.length() > LONGEST_VALUE) {
                throw new NotUnderstoodException("is too complex to be read", true);
            }
        }
        return all.toString();
    }

    /** Whether an unquoted part of a word is a pattern for names of files. */
    static boolean isGlob(Word word) {
        for (Part part : word.parts()) {
            if (part instanceof Text text
                    && !text.quoted()
                    && (text.text().indexOf('*') >= 0 || text.text().indexOf('?') >= 0)) {
                return true;
            }
        }
        return false;
    }

    private List<String> values(Part part, Frame frame) {
        if (part instanceof Variable variable) {
            return this.parameters.values(variable, frame);
        }
        if (part instanceof Substitution substitution) {
            return List.of(output(substitution, frame));
        }
        if (part instanceof Process process) {
            Walk.Output output =
                    this.walk.apart(process.script(), frame.deeper(Context.PROCESS_SUBSTITUTION), process.input());
            return List.of(this.unknowns.pipe(process.raw(), output, process.input()));
        }
        if (part instanceof Arithmetic arithmetic) {
            String text = arithmetic(arithmetic.expression(), frame);
            return List.of(isNumber(text) ? text.trim() : this.unknowns.computed(arithmetic.raw()));
        }
        return List.of();
    }

    /** An arithmetic expression or a test, for what it changes. */
    String arithmetic(Word expression, Frame frame) {
        String text = text(expression, frame);
        this.parameters.forgetAssigned(text, frame);
        subscripts(text, frame);
        return text;
    }

    /** Subscripts are expanded once more where a text is taken for the name of a variable. */
    void subscripts(String text, Frame frame) {
        if (text.indexOf('[') >= 0) {
            this.walk.expanded(text, frame);
        }
    }

    /** A value that is expanded as prompts are. */
    void prompt(String value, Frame frame) {
        this.walk.expanded(value, frame);
    }

    private static boolean isNumber(String text) {
        String number = text.trim();
        return !number.isEmpty()
                && number.length() < 10
                && number.chars().allMatch(c -> c >= '0' && c <= '9')
                && (number.length() == 1 || number.charAt(0) != '0');
    }

    private String output(Substitution substitution, Frame frame) {
        Walk.Output output = this.walk.substitution(substitution.script(), frame.deeper(Context.SUBSTITUTION));
        String text = output.text();
        if (text == null || text.length() > LONGEST_VALUE) {
            return this.unknowns.computed(substitution.raw(), output.producers());
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }
}

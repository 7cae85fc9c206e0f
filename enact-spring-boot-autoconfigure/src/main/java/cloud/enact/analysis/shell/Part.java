package cloud.enact.analysis.shell;

import java.util.List;

/** A piece of a word as it is written. */
sealed interface Part {

    /**
     * Characters that stand for themselves.
     *
     * @param quoted whether they are safe from braces, globs and splitting
     */
    record Text(String text, boolean quoted) implements Part {}

    /**
     * A variable.
     *
     * @param raw as written
     * @param subscript what stands between brackets, empty without
     * @param operator what is done to its value: empty, {@code :-}, {@code ##}, {@code length}, {@code indirect} …
     * @param argument what follows the operator
     */
    record Variable(String raw, String name, Word subscript, String operator, Word argument, boolean quoted)
            implements Part {}

    /** The output of commands. */
    record Substitution(String raw, Script script, boolean quoted) implements Part {}

    /**
     * A file that is a pipe from or to commands.
     *
     * @param input whether the commands write what is read: {@code <( )}
     */
    record Process(String raw, Script script, boolean input) implements Part {}

    /** The number an expression comes to. */
    record Arithmetic(String raw, Word expression, boolean quoted) implements Part {}

    /** Commands one after the other. */
    record Script(List<Node> nodes) {}
}

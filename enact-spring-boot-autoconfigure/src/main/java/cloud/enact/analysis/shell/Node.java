package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Part.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command as it is written. */
sealed interface Node {

    /** Assignments, words and redirections. */
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects) implements Node {}

    /** Commands piped into each other. */
    record Pipe(List<Node> elements) implements Node {}

    /**
     * Commands that depend on how the one before ended.
     *
     * @param and whether the element after the first one follows {@code &&}
     */
    record Chain(List<Node> elements, List<Boolean> and) implements Node {}

    /** A command nobody waits for. */
    record Background(Node command) implements Node {}

    /** A command whose time is taken. */
    record Timed(Node command) implements Node {}

    /** Commands in a shell of their own. */
    record Subshell(Script script) implements Node {}

    /** Commands between braces. */
    record Group(Script script) implements Node {}

    /** Conditions and what follows from them: as many bodies as conditions, or one more. */
    record If(List<Script> conditions, List<Script> bodies) implements Node {}

    /** A choice by pattern. */
    record Case(Word subject, List<Word> patterns, List<Script> bodies) implements Node {}

    /** Repeated as long as a condition holds. */
    record While(Script condition, Script body) implements Node {}

    /**
     * Repeated for each of some values.
     *
     * @param values {@code null} for the arguments of the script
     */
    record For(String variable, @Nullable List<Word> values, Script body) implements Node {}

    /** Repeated as long as an arithmetic expression holds. */
    record Counting(Word expressions, Script body) implements Node {}

    /** An expression: arithmetic or a test. */
    record Expression(List<Word> words) implements Node {}

    /** A definition. */
    record Function(String name, Node body) implements Node {}

    /** A compound command with redirections of its own. */
    record Redirected(Node command, List<Redirect> redirects) implements Node {}

    /**
     * A variable that is set.
     *
     * @param subscript which element of an array is, empty without brackets
     * @param assigns whether it is one at all, and no word that only began so
     * @param elements the elements of an array, {@code null} for a single value
     */
    record Assignment(
            String name,
            Word subscript,
            boolean assigns,
            boolean append,
            Word value,
            @Nullable List<Word> elements) {}

    /**
     * A redirection.
     *
     * @param descriptor the number or variable before the operator, empty without
     */
    record Redirect(
            String descriptor,
            String operator,
            Word target,
            @Nullable HereDocument document) {

        /** What is read, or where it goes. */
        Word content() {
            return (this.document == null) ? this.target : this.document.body();
        }
    }
}

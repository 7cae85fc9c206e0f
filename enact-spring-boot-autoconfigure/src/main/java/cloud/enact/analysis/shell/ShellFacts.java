package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command line does. Immutable.
 *
 * @param problems why it is not understood, each the end of a sentence; empty when it is
 * @param commands every simple command at any depth, in the order they stand in the text; a wrapper is one, followed by
 *     what it runs. A function's commands stand where it is called, those of a loop over known values once for each. A
 *     dynamic command named {@code …} is what a shell reads from a pipe.
 * @param pipelines indexes into {@code commands}: those that are piped into each other, from left to right, with all
 *     commands of a compound element and what wrappers run; {@code bash <(curl …)} and {@code sh -c "$(curl …)"} are
 *     pipelines as well
 * @param inlineCode code of other languages
 */
public record ShellFacts(
        List<String> problems,
        List<ShellCommand> commands,
        List<List<Integer>> pipelines,
        List<InlineCode> inlineCode) {

    private static final ShellFacts NONE = new ShellFacts(List.of(), List.of(), List.of(), List.of());

    public ShellFacts {
        problems = List.copyOf(problems);
        commands = List.copyOf(commands);
        pipelines = pipelines.stream().map(List::copyOf).toList();
        inlineCode = List.copyOf(inlineCode);
    }

    /** No command at all. */
    public static ShellFacts none() {
        return NONE;
    }

    /** A text nobody can make sense of. */
    public static ShellFacts notUnderstood(String problem) {
        return new ShellFacts(List.of(problem), List.of(), List.of(), List.of());
    }

    /** Whether every part of the text is understood. What is known only at run time is marked in its command. */
    public boolean understood() {
        return this.problems.isEmpty();
    }

    /** Whether there is neither a command nor a problem. */
    public boolean isEmpty() {
        return this.commands.isEmpty() && this.problems.isEmpty();
    }

    /** The facts of two texts of one call together, this one first. */
    public ShellFacts and(ShellFacts other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        int shift = this.commands.size();
        List<List<Integer>> allPipelines = new ArrayList<>(this.pipelines);
        other.pipelines.forEach(pipeline ->
                allPipelines.add(pipeline.stream().map(index -> index + shift).toList()));
        List<InlineCode> allCode = new ArrayList<>(this.inlineCode);
        other.inlineCode.forEach(code ->
                allCode.add(new InlineCode(code.language(), code.text(), code.command() + shift, code.dynamic())));
        return new ShellFacts(
                joined(this.problems, other.problems), joined(this.commands, other.commands), allPipelines, allCode);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first.size() + second.size());
        all.addAll(first);
        all.addAll(second);
        return all;
    }
}

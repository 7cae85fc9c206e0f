package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.ShellCommand.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is found. */
final class FactsBuilder {

    /** Where a command was announced and nothing came of it. */
    private static final ShellCommand NOTHING =
            new ShellCommand("", List.of(), List.of(), Map.of(), List.of(), List.of(), 0, Context.TOP, false);

    /** More are not told apart. */
    private static final int MOST_PROBLEMS = 10;

    private final List<String> problems = new ArrayList<>();

    private final List<ShellCommand> commands = new ArrayList<>();

    private final List<Integer> levels = new ArrayList<>();

    private final List<List<Integer>> pipelines = new ArrayList<>();

    private final List<InlineCode> code = new ArrayList<>();

    private int level;

    void problem(String problem) {
        if (this.problems.size() < MOST_PROBLEMS && !this.problems.contains(problem)) {
            this.problems.add(problem);
        }
    }

    /** The index of a command that is filled in later, so that commands stay in the order they are written. */
    int reserve() {
        this.commands.add(NOTHING);
        this.levels.add(this.level);
        return this.commands.size() - 1;
    }

    void fill(int index, ShellCommand command) {
        this.commands.set(index, command);
    }

    ShellCommand command(int index) {
        return this.commands.get(index);
    }

    int size() {
        return this.commands.size();
    }

    /** What follows is the output of other commands, not piped into what comes after. */
    void enterSubstitution() {
        this.level++;
    }

    void leaveSubstitution() {
        this.level--;
    }

    /** The commands since this index that share their input and output with each other. */
    List<Integer> since(int index) {
        List<Integer> found = new ArrayList<>();
        for (int i = index; i < this.commands.size(); i++) {
            if (this.levels.get(i) == this.level) {
                found.add(i);
            }
        }
        return found;
    }

    void pipeline(List<Integer> members) {
        if (members.size() > 1) {
            this.pipelines.add(members);
        }
    }

    void code(InlineCode found) {
        this.code.add(found);
    }

    /** How much was found so far, to return to. */
    int[] mark() {
        return new int[] {this.commands.size(), this.pipelines.size(), this.code.size(), this.problems.size()};
    }

    /** Forgets what was found since. */
    void returnTo(int[] mark) {
        cut(this.commands, mark[0]);
        cut(this.levels, mark[0]);
        cut(this.pipelines, mark[1]);
        cut(this.code, mark[2]);
        cut(this.problems, mark[3]);
    }

    private static void cut(List<?> list, int size) {
        list.subList(size, list.size()).clear();
    }

    ShellFacts build() {
        return new ShellFacts(this.problems, this.commands, this.pipelines, this.code);
    }
}

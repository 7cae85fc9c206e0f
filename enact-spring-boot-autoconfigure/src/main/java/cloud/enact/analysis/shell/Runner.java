package cloud.enact.analysis.shell;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs what programs are given to run. */
final class Runner {

    private final SimpleCommands commands;

    private final Walk walk;

    private final FactsBuilder facts;

    private final Unknowns unknowns;

    private final Names names;

    private final Redirections redirections;

    Runner(
            SimpleCommands commands,
            Walk walk,
            FactsBuilder facts,
            Unknowns unknowns,
            Names names,
            Redirections redirections) {
        this.commands = commands;
        this.walk = walk;
        this.facts = facts;
        this.unknowns = unknowns;
        this.names = names;
        this.redirections = redirections;
    }

    /** Leaves a wrapper the options before the command it runs. */
    void ownFlags(Call call, int end) {
        ownFlags(call, call.fields().subList(0, end));
    }

    /** Leaves a wrapper the options among its own words. */
    void ownFlags(Call call, List<Field> own) {
        ShellCommand noted = this.facts.command(call.index());
        this.facts.fill(
                call.index(),
                new ShellCommand(
                        noted.name(),
                        noted.words(),
                        this.names.flags(call.name(), own),
                        noted.assignments(),
                        noted.redirections(),
                        noted.wrappers(),
                        noted.depth(),
                        noted.context(),
                        noted.dynamic()));
    }

    /** Notes a command of another shell, whose names know no capitals; its index. */
    int foreign(List<Field> fields, Frame frame) {
        return this.commands.foreign(fields, frame);
    }

    void pipeline(List<Integer> members) {
        this.facts.pipeline(members);
    }

    /** Words that are a command. */
    void words(List<Field> fields, Map<String, ShellWord> assigned, String wrapper, Frame frame) {
        this.commands.inner(fields, assigned, frame.through(wrapper));
    }

    void words(List<Field> fields, String wrapper, Frame frame) {
        words(fields, Map.of(), wrapper, frame);
    }

    /** A text that a shell of its own runs. */
    void text(Call call, String code, String wrapper, Frame frame) {
        inThisShell(call, code, wrapper, frame.with(new Variables()));
    }

    /** A text that runs among the variables of this shell. */
    void inThisShell(Call call, String code, String wrapper, Frame frame) {
        this.redirections.linkCode(code, call.index());
        this.walk.text(code, frame.through(wrapper));
        if (Unknowns.in(code)) {
            frame.variables().forgetAll(this.unknowns);
        }
    }

    /**
     * Code of another language.
     *
     * @param computes whether it runs code that it computes itself
     */
    void code(Call call, String language, String code, boolean computes) {
        this.redirections.linkCode(code, call.index());
        this.facts.code(
                new InlineCode(language, this.unknowns.shown(code), call.index(), computes || Unknowns.in(code)));
    }

    /** What a file that was written here holds, or {@code null}. */
    @Nullable
    String file(String name) {
        return this.redirections.file(name);
    }

    String shown(String text) {
        return this.unknowns.shown(text);
    }

    String unknown(String raw) {
        return this.unknowns.computed(raw);
    }
}

package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Assignment;
import cloud.enact.analysis.shell.Node.Redirected;
import cloud.enact.analysis.shell.Node.Simple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes simple commands and looks at what they run in turn. */
final class SimpleCommands {

    /** Variables whose value is a command that others run. */
    private static final Set<String> COMMANDS = Set.of(
            "GIT_SSH_COMMAND",
            "GIT_SSH",
            "GIT_EDITOR",
            "GIT_SEQUENCE_EDITOR",
            "GIT_PAGER",
            "GIT_EXTERNAL_DIFF",
            "GIT_ASKPASS",
            "SSH_ASKPASS",
            "EDITOR",
            "VISUAL",
            "PAGER",
            "MANPAGER",
            "LESSOPEN",
            "PROMPT_COMMAND");

    /** Variables that a shell expands before it shows them. */
    private static final Set<String> PROMPTS = Set.of("PS0", "PS1", "PS2", "PS4");

    /** Variables whose value is a script that shells read first. */
    private static final Set<String> SCRIPTS = Set.of("BASH_ENV", "ENV");

    /** Builtins that take a word for the name of a variable. */
    private static final Set<String> NAMERS =
            Set.of("read", "mapfile", "readarray", "let", "unset", "wait", "declare", "typeset", "local");

    private final Walk walk;

    private final FactsBuilder facts;

    private final Unknowns unknowns;

    private final Expansion expansion;

    private final Effort effort;

    private final Names names;

    private final Redirections redirections;

    private final Functions functions;

    private final Builtins builtins;

    private final Carriers carriers;

    private final Outputs outputs;

    SimpleCommands(Walk walk, FactsBuilder facts, Unknowns unknowns, Expansion expansion, Effort effort) {
        this.walk = walk;
        this.facts = facts;
        this.unknowns = unknowns;
        this.expansion = expansion;
        this.effort = effort;
        this.names = new Names(unknowns);
        this.redirections = new Redirections(facts, unknowns, expansion);
        this.functions = new Functions(walk, unknowns);
        this.builtins = new Builtins(unknowns, this.functions);
        this.outputs = new Outputs(this.redirections);
        Runner runner = new Runner(this, walk, facts, unknowns, this.names, this.redirections);
        this.carriers = new Carriers(runner);
    }

    Functions functions() {
        return this.functions;
    }

    @Nullable
    String run(Simple command, Frame frame) {
        int index = this.facts.reserve();
        List<Field> fields = this.expansion.fields(command.words(), frame);
        Map<String, ShellWord> assigned = new LinkedHashMap<>();
        for (Assignment assignment : command.assignments()) {
            assign(assignment, fields.isEmpty(), assigned, frame);
        }
        Redirections.Result redirected = this.redirections.of(command.redirects(), index, frame);
        Frame inner = (redirected.input() == null) ? frame : frame.reading(redirected.input());
        if (fields.isEmpty()) {
            this.facts.fill(index, note("", List.of(), assigned, redirected.all(), frame, false));
            return "";
        }
        String output = call(index, fields, assigned, redirected.all(), inner);
        return this.redirections.written(redirected, output);
    }

    private void assign(Assignment assignment, boolean lasting, Map<String, ShellWord> assigned, Frame frame) {
        List<Word> elements = assignment.elements();
        List<String> values;
        if (elements != null) {
            values = new ArrayList<>();
            this.expansion.fields(elements, frame).forEach(field -> values.add(field.text()));
        } else {
            values = new ArrayList<>(List.of(this.expansion.text(assignment.value(), frame)));
        }
        this.expansion.text(assignment.subscript(), frame);
        String value = String.join(" ", values);
        assigned.put(assignment.name(), new ShellWord(this.unknowns.shown(value), Unknowns.in(value), false));
        if (COMMANDS.contains(assignment.name()) && !value.isBlank()) {
            this.walk.text(withoutBars(value), frame.through(assignment.name()));
        }
        if (PROMPTS.contains(assignment.name())) {
            this.walk.expanded(value, frame.through(assignment.name()));
        }
        String script = SCRIPTS.contains(assignment.name()) ? this.redirections.file(value) : null;
        if (script != null) {
            this.walk.text(script, frame.through(assignment.name()));
        }
        if (!lasting) {
            return;
        }
        if (!assignment.subscript().isEmpty()) {
            frame.variables().set(assignment.name(), this.unknowns.computed("$" + assignment.name()));
            return;
        }
        if (assignment.append()) {
            append(assignment, values, frame);
        }
        frame.variables().set(assignment.name(), List.copyOf(values));
    }

    /** The marks of {@code LESSOPEN} before its command. */
    private static String withoutBars(String value) {
        int at = 0;
        while (at < value.length() && (value.charAt(at) == '|' || value.charAt(at) == '-')) {
            at++;
        }
        return value.substring(at);
    }

    private void append(Assignment assignment, List<String> values, Frame frame) {
        List<String> before = frame.variables().get(assignment.name());
        if (before == null) {
            before = List.of(this.unknowns.fromOutside("$" + assignment.name()));
        }
        if (assignment.elements() != null || before.isEmpty()) {
            values.addAll(0, before);
        } else {
            values.set(0, before.get(0) + values.get(0));
            values.addAll(before.subList(1, before.size()));
        }
        int length = 0;
        for (String value : values) {
            length += value.length() + 1;
        }
        this.effort.spend(length);
    }

    /** A compound command with redirections: they are noted as a command without words. */
    @Nullable
    String redirected(Redirected node, Frame frame) {
        int index = this.facts.reserve();
        Redirections.Result redirected = this.redirections.of(node.redirects(), index, frame);
        this.facts.fill(index, note("", List.of(), Map.of(), redirected.all(), frame, false));
        Frame inner = (redirected.input() == null) ? frame : frame.reading(redirected.input());
        return this.redirections.written(redirected, this.walk.node(node.command(), inner));
    }

    /** Words that another command runs. */
    @Nullable
    String inner(List<Field> fields, Map<String, ShellWord> assigned, Frame frame) {
        return fields.isEmpty() ? "" : call(this.facts.reserve(), fields, assigned, List.of(), frame);
    }

    /** A text that only the run completes: one command nobody knows. */
    void unreadable(String code, Frame frame) {
        Field all = Field.of(code);
        this.facts.fill(
                this.facts.reserve(), note(this.unknowns.shown(code), List.of(all), Map.of(), List.of(), frame, true));
    }

    /** A command of another shell. */
    int foreign(List<Field> fields, Frame frame) {
        this.effort.spend(fields.size() + 5);
        int index = this.facts.reserve();
        Field first = fields.get(0);
        String name = this.names.program(first.text()).toLowerCase(Locale.ROOT);
        List<ShellWord> words = new ArrayList<>(fields.size());
        fields.forEach(field -> words.add(this.names.word(field)));
        this.facts.fill(
                index,
                new ShellCommand(
                        name,
                        words,
                        this.names.foreignFlags(fields),
                        Map.of(),
                        List.of(),
                        frame.wrappers(),
                        frame.depth(),
                        frame.context(),
                        this.names.isDynamic(first)));
        return index;
    }

    private @Nullable String call(
            int index, List<Field> fields, Map<String, ShellWord> assigned, List<Redirection> redirected, Frame frame) {
        this.effort.spend(fields.size() + 5);
        Field first = fields.get(0);
        String name = this.names.program(first.text());
        boolean dynamic = this.names.isDynamic(first);
        this.facts.fill(index, note(name, fields, assigned, redirected, frame, dynamic));
        linkProducers(index, fields);
        Call call = new Call(index, name, fields, assigned);
        this.effort.enter();
        String output = dynamic ? unknownProgram(call, frame) : program(call, frame);
        this.effort.leave();
        return output;
    }

    private @Nullable String program(Call call, Frame frame) {
        if (this.functions.run(call, frame)) {
            return null;
        }
        boolean names = switch (call.name()) {
            case "test", "[", "printf" ->
                call.fields().stream().anyMatch(field -> field.text().equals("-v"));
            default -> NAMERS.contains(call.name());
        };
        if (names) {
            call.from(1).forEach(field -> this.expansion.subscripts(field.text(), frame));
        }
        this.builtins.run(call, frame);
        boolean carries = this.carriers.run(call, frame);
        if (carries && !call.name().equals("command")) {
            return null;
        }
        return this.outputs.of(call, frame.input());
    }

    /** A variable in front may be empty: then what follows is the program. */
    private @Nullable String unknownProgram(Call call, Frame frame) {
        String first = call.text(0);
        if (!this.unknowns.onlyFromOutside(first)) {
            // it may be a builtin or a function that changes them
            frame.variables().forgetAll(this.unknowns);
        }
        boolean mayBeEmpty = first.length() == 1 && call.size() > 1 && this.unknowns.onlyFromOutside(first);
        if (mayBeEmpty && !call.text(1).startsWith("-")) {
            inner(call.from(1), call.assignments(), frame.through(this.unknowns.shown(first)));
        }
        return null;
    }

    /** Substitutions of processes make a pipeline of those that write and the one that reads. */
    private void linkProducers(int index, List<Field> fields) {
        for (Field field : fields) {
            if (field.isDynamic()) {
                this.redirections.link(field.text(), index);
            }
        }
    }

    private ShellCommand note(
            String name,
            List<Field> fields,
            Map<String, ShellWord> assigned,
            List<Redirection> redirected,
            Frame frame,
            boolean dynamic) {
        List<ShellWord> words = new ArrayList<>(fields.size());
        for (Field field : fields) {
            words.add(this.names.word(field));
        }
        return new ShellCommand(
                name,
                words,
                this.names.flags(name, fields),
                assigned,
                redirected,
                frame.wrappers(),
                frame.depth(),
                frame.context(),
                dynamic);
    }
}

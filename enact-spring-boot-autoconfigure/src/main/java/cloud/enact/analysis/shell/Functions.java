package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Function;
import cloud.enact.analysis.shell.ShellCommand.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Functions and aliases that a text defines. */
final class Functions {

    private final Walk walk;

    private final Unknowns unknowns;

    private final Map<String, Function> defined = new LinkedHashMap<>();

    private final Map<String, String> aliases = new LinkedHashMap<>();

    private final Set<Function> called = new HashSet<>();

    /** What is running, so that nothing runs in itself without end. */
    private final Set<String> active = new HashSet<>();

    Functions(Walk walk, Unknowns unknowns) {
        this.walk = walk;
        this.unknowns = unknowns;
    }

    void define(Function function) {
        Function before = this.defined.put(function.name(), function);
        if (before != null && !this.called.contains(before)) {
            this.defined.put(function.name() + " " + this.defined.size(), before);
        }
    }

    void alias(String name, String text) {
        this.aliases.put(name, text);
    }

    /** Runs the function or alias of this name, if there is one. */
    boolean run(Call call, Frame frame) {
        String name = call.name();
        String alias = this.aliases.get(name);
        Function function = this.defined.get(name);
        if (alias == null && function == null || !this.active.add(name)) {
            return false;
        }
        if (alias != null) {
            StringBuilder text = new StringBuilder(alias);
            for (Field field : call.from(1)) {
                text.append(" '").append(field.text().replace("'", "'\\''")).append('\'');
            }
            this.walk.text(text.toString(), frame.through("alias"));
        } else if (function != null) {
            this.called.add(function);
            run(function, call, frame);
        }
        this.active.remove(name);
        return true;
    }

    private void run(Function function, Call call, Frame frame) {
        List<String> before = frame.variables().arguments();
        List<String> arguments = new ArrayList<>();
        call.fields().forEach(field -> arguments.add(field.text()));
        Variables around = frame.variables().copy();
        Set<String> locals = frame.variables().enterFunction();
        frame.variables().arguments(arguments);
        this.walk.node(function.body(), inside(frame));
        frame.variables().leaveFunction(locals, around, this.unknowns);
        if (before == null) {
            frame.variables().forgetArguments();
        } else {
            frame.variables().arguments(before);
        }
    }

    private static Frame inside(Frame frame) {
        return new Frame(Context.FUNCTION, frame.depth() + 1, frame.wrappers(), frame.input(), frame.variables());
    }

    /** Functions that nobody called here may be called later. */
    void walkUncalled(Frame frame) {
        for (Function function : List.copyOf(this.defined.values())) {
            if (!this.called.contains(function)) {
                this.called.add(function);
                this.walk.node(function.body(), inside(frame).with(new Variables()));
            }
        }
    }
}

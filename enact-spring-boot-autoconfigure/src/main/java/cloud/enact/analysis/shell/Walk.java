package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Case;
import cloud.enact.analysis.shell.Node.Chain;
import cloud.enact.analysis.shell.Node.Counting;
import cloud.enact.analysis.shell.Node.Expression;
import cloud.enact.analysis.shell.Node.For;
import cloud.enact.analysis.shell.Node.Function;
import cloud.enact.analysis.shell.Node.If;
import cloud.enact.analysis.shell.Node.Pipe;
import cloud.enact.analysis.shell.Node.Redirected;
import cloud.enact.analysis.shell.Node.Simple;
import cloud.enact.analysis.shell.Node.While;
import cloud.enact.analysis.shell.Part.Script;
import cloud.enact.analysis.shell.ShellCommand.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through commands in the order they would run and notes each. What a command writes is returned where it is
 * known, {@code null} where it is not.
 */
final class Walk {

    private final FactsBuilder facts;

    private final Unknowns unknowns = new Unknowns();

    private final Effort effort;

    private final Expansion expansion;

    private final SimpleCommands simple;

    private final Loops loops;

    Walk(FactsBuilder facts, Effort effort) {
        this.facts = facts;
        this.effort = effort;
        this.expansion = new Expansion(this, this.unknowns, effort);
        this.simple = new SimpleCommands(this, facts, this.unknowns, this.expansion, effort);
        this.loops = new Loops(this, facts, this.unknowns, this.expansion);
    }

    /** The whole of a text. */
    void run(List<Node> nodes) {
        Frame top = Frame.top();
        for (Node node : nodes) {
            node(node, top);
        }
        this.simple.functions().walkUncalled(top);
    }

    /** Commands given as text to another command. */
    @Nullable
    String text(String code, Frame frame) {
        List<Node> nodes = new ArrayList<>();
        int depth = this.effort.depth();
        try {
            new Parser(new Source(code, this.effort)).readAll(nodes);
        } catch (NotUnderstoodException ex) {
            this.effort.returnTo(depth);
            if (Unknowns.in(code)) {
                this.simple.unreadable(code, frame);
            } else {
                this.facts.problem(ex.problem());
            }
        }
        return script(new Script(nodes), frame);
    }

    @Nullable
    String script(Script script, Frame frame) {
        this.effort.enter();
        StringBuilder all = new StringBuilder();
        boolean known = true;
        boolean some = false;
        for (Node node : script.nodes()) {
            String output = node(node, frame);
            known &= output != null;
            some |= output != null && !output.isEmpty();
            all.append((output != null) ? output : this.unknowns.computed("\u2026") + "\n");
        }
        this.effort.leave();
        return known || some && all.length() < ShellAnalyzer.LONGEST_TEXT ? all.toString() : null;
    }

    /** Commands that write to another one, or read from it. */
    Output apart(Script script, Frame frame, boolean producing) {
        return substitution(script, producing ? frame : frame.reading(Input.UNKNOWN));
    }

    /** A text that is expanded as a here-document is when something looks at it: a prompt, a subscript. */
    void expanded(String text, Frame frame) {
        if (text.contains("$(") || text.indexOf('`') >= 0) {
            text(": <<\1\n" + text.replace('\1', ' ') + "\n\1\n", frame);
        }
    }

    Output substitution(Script script, Frame frame) {
        this.facts.enterSubstitution();
        int start = this.facts.size();
        String text = script(script, frame);
        List<Integer> members = this.facts.since(start);
        this.facts.leaveSubstitution();
        return new Output(text, members);
    }

    @Nullable
    String node(Node node, Frame frame) {
        this.effort.spend(1);
        if (node instanceof Simple command) {
            return this.simple.run(command, frame);
        }
        if (node instanceof Pipe pipe) {
            return pipe(pipe, frame);
        }
        if (node instanceof Chain chain) {
            return chain(chain, frame);
        }
        if (node instanceof Node.Background background) {
            node(background.command(), frame.deeper(Context.BACKGROUND));
            return null;
        }
        if (node instanceof Node.Timed timed) {
            return node(timed.command(), frame.through("time"));
        }
        if (node instanceof Node.Subshell subshell) {
            return script(subshell.script(), frame.deeper(Context.SUBSHELL));
        }
        if (node instanceof Node.Group group) {
            return script(group.script(), frame);
        }
        if (node instanceof Redirected redirected) {
            return this.simple.redirected(redirected, frame);
        }
        if (node instanceof Function function) {
            this.simple.functions().define(function);
            return "";
        }
        compound(node, frame);
        return null;
    }

    private void compound(Node node, Frame frame) {
        if (node instanceof If choice) {
            branches(choice, frame);
        } else if (node instanceof Case choice) {
            cases(choice, frame);
        } else if (node instanceof While loop) {
            this.loops.run(loop, frame);
        } else if (node instanceof For loop) {
            this.loops.run(loop, frame);
        } else if (node instanceof Counting loop) {
            this.loops.run(loop, frame);
        } else if (node instanceof Expression expression) {
            for (Word word : expression.words()) {
                this.loops.expression(word, frame);
            }
        }
    }

    private @Nullable String pipe(Pipe pipe, Frame frame) {
        List<Integer> members = new ArrayList<>();
        Input input = frame.input();
        String output = null;
        for (Node element : pipe.elements()) {
            int start = this.facts.size();
            output = node(element, frame.with(frame.variables().copy()).reading(input));
            members.addAll(this.facts.since(start));
            input = Input.of(output);
        }
        this.facts.pipeline(members);
        return output;
    }

    private @Nullable String chain(Chain chain, Frame frame) {
        Variables current = frame.variables().copy();
        String output = node(chain.elements().get(0), frame.with(current));
        Variables skipped = current.copy();
        for (int i = 1; i < chain.elements().size(); i++) {
            boolean and = chain.and().get(i - 1);
            if (i > 1 && chain.and().get(i - 2) != and) {
                current.merge(skipped, this.unknowns);
            }
            Variables before = current.copy();
            String next = node(chain.elements().get(i), frame.with(current));
            output = (and && output != null && next != null) ? output + next : null;
            skipped.merge(before, this.unknowns);
        }
        current.merge(skipped, this.unknowns);
        frame.variables().replaceBy(current);
        return output;
    }

    private void branches(If choice, Frame frame) {
        Frame inner = frame.in(Context.CONDITIONAL);
        Variables after = null;
        Variables current = frame.variables();
        for (int i = 0; i < choice.bodies().size(); i++) {
            if (i < choice.conditions().size()) {
                script(choice.conditions().get(i), inner.with(current));
            }
            Variables branch = current.copy();
            script(choice.bodies().get(i), inner.with(branch));
            if (after == null) {
                after = branch;
            } else {
                after.merge(branch, this.unknowns);
            }
        }
        if (after != null) {
            if (choice.bodies().size() > choice.conditions().size()) {
                frame.variables().replaceBy(after);
            } else {
                frame.variables().merge(after, this.unknowns);
            }
        }
    }

    private void cases(Case choice, Frame frame) {
        this.expansion.text(choice.subject(), frame);
        for (Word pattern : choice.patterns()) {
            this.expansion.text(pattern, frame);
        }
        Variables before = frame.variables().copy();
        for (Script body : choice.bodies()) {
            // a branch may fall through from the one before
            Variables branch = before.copy();
            branch.merge(frame.variables(), this.unknowns);
            script(body, frame.in(Context.CONDITIONAL).with(branch));
            frame.variables().merge(branch, this.unknowns);
        }
    }

    /**
     * What a substitution gives.
     *
     * @param producers the commands that write it
     */
    record Output(@Nullable String text, List<Integer> producers) {}
}

package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Counting;
import cloud.enact.analysis.shell.Node.For;
import cloud.enact.analysis.shell.Node.While;
import cloud.enact.analysis.shell.Part.Script;
import cloud.enact.analysis.shell.ShellCommand.Context;
import java.util.List;

/** Commands that run again and again. */
final class Loops {

    /** So many values of a loop are tried one by one. */
    private static final int MOST_VALUES = 16;

    /** In deeper loops nothing is known of variables. */
    private static final int DEEPEST = 3;

    private final Walk walk;

    private final FactsBuilder facts;

    private final Unknowns unknowns;

    private final Expansion expansion;

    private int depth;

    Loops(Walk walk, FactsBuilder facts, Unknowns unknowns, Expansion expansion) {
        this.walk = walk;
        this.facts = facts;
        this.unknowns = unknowns;
        this.expansion = expansion;
    }

    void run(While loop, Frame frame) {
        repeat(frame, inner -> {
            this.walk.script(loop.condition(), inner);
            this.walk.script(loop.body(), inner);
        });
    }

    void run(Counting loop, Frame frame) {
        expression(loop.expressions(), frame);
        repeat(frame, inner -> this.walk.script(loop.body(), inner));
    }

    void run(For loop, Frame frame) {
        List<Word> words = loop.values();
        List<Field> values = (words == null)
                ? List.of(Field.of(this.unknowns.fromOutside("$@")))
                : this.expansion.fields(words, frame);
        boolean known = values.size() <= MOST_VALUES && this.depth == 0;
        for (Field value : values) {
            known &= !value.glob();
        }
        if (!known) {
            String shown = (values.size() == 1) ? values.get(0).text() : "$" + loop.variable();
            frame.variables().set(loop.variable(), this.unknowns.computed(this.unknowns.shown(shown)));
            repeat(frame, inner -> body(loop.body(), inner));
            return;
        }
        for (Field value : values) {
            frame.variables().set(loop.variable(), value.text());
            repeat(frame, inner -> body(loop.body(), inner));
        }
    }

    private void body(Script body, Frame frame) {
        this.walk.script(body, frame);
    }

    /** Walks once to see what changes, forgets that, and walks again. */
    private void repeat(Frame frame, Body body) {
        Frame inner = frame.in(Context.CONDITIONAL);
        this.depth++;
        if (this.depth > DEEPEST) {
            frame.variables().forgetAll(this.unknowns);
        } else {
            int[] mark = this.facts.mark();
            Variables first = frame.variables().copy();
            body.walk(inner.with(first));
            this.facts.returnTo(mark);
            frame.variables().merge(first, this.unknowns);
        }
        Variables again = frame.variables().copy();
        body.walk(inner.with(again));
        frame.variables().merge(again, this.unknowns);
        this.depth--;
    }

    /** An arithmetic expression or a word of a test. */
    void expression(Word word, Frame frame) {
        this.expansion.arithmetic(word, frame);
    }

    /** What is repeated. */
    private interface Body {

        void walk(Frame frame);
    }
}

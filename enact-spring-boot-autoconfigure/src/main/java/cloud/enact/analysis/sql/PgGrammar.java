package cloud.enact.analysis.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** The grammar of pgcodekeeper. What it learns about hostile texts is thrown away before it grows large. */
final class PgGrammar implements SecondReading {

    private static final int MOST_STATES = 50_000;

    private static final int BETWEEN_COUNTS = 200;

    private Memory memory = new Memory();

    private int readings;

    @Override
    public @Nullable Opinion read(String text) {
        Errors errors = new Errors();
        SQLLexer lexer = new SQLLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(errors);
        SQLParser parser = new SQLParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(errors);
        Memory current = memory();
        parser.setInterpreter(new ParserATNSimulator(parser, SQLParser._ATN, current.states, current.contexts));
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        SQLParser.SqlContext sql = parser.sql();
        return errors.found ? null : opinion(sql);
    }

    private static Opinion opinion(SQLParser.SqlContext sql) {
        List<String> words = new ArrayList<>();
        Set<String> changes = new HashSet<>();
        for (SQLParser.StatementContext statement : sql.statement()) {
            words.add(statement.getStart().getText().toLowerCase(Locale.ROOT));
        }
        Deque<ParseTree> open = new ArrayDeque<>(List.of(sql));
        while (!open.isEmpty()) {
            ParseTree tree = open.pop();
            String verb = verb(tree);
            if (verb != null) {
                changes.add(verb);
            }
            for (int i = 0; i < tree.getChildCount(); i++) {
                open.push(tree.getChild(i));
            }
        }
        return new Opinion(words, changes);
    }

    private static @Nullable String verb(ParseTree tree) {
        if (tree instanceof SQLParser.Delete_stmt_for_psqlContext) {
            return "DELETE";
        }
        if (tree instanceof SQLParser.Update_stmt_for_psqlContext) {
            return "UPDATE";
        }
        if (tree instanceof SQLParser.Insert_stmt_for_psqlContext) {
            return "INSERT";
        }
        return (tree instanceof SQLParser.Merge_stmt_for_psqlContext) ? "MERGE" : null;
    }

    private synchronized Memory memory() {
        this.readings++;
        if (this.readings % BETWEEN_COUNTS == 0 && this.memory.size() > MOST_STATES) {
            this.memory = new Memory();
        }
        return this.memory;
    }

    /** What was learnt, shared by readings at the same time. */
    private static final class Memory {

        private final PredictionContextCache contexts = new PredictionContextCache();

        private final DFA[] states = new DFA[SQLParser._ATN.getNumberOfDecisions()];

        Memory() {
            for (int i = 0; i < this.states.length; i++) {
                this.states[i] = new DFA(SQLParser._ATN.getDecisionState(i), i);
            }
        }

        int size() {
            int size = 0;
            for (DFA decision : this.states) {
                size += decision.states.size();
            }
            return size;
        }
    }

    private static final class Errors extends BaseErrorListener {

        private boolean found;

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException exception) {
            this.found = true;
        }
    }
}

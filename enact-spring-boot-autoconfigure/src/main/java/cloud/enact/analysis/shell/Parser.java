package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.Node.Assignment;
import cloud.enact.analysis.shell.Node.Redirect;
import cloud.enact.analysis.shell.Part.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads bash: lists, pipelines and simple commands. */
final class Parser {

    private static final Set<String> CLOSING = Set.of("then", "elif", "else", "fi", "do", "done", "esac", "}");

    private static final Set<String> TAKES_ARRAYS =
            Set.of("declare", "typeset", "local", "readonly", "export", "alias");

    private final Source source;

    private final WordReader words;

    private final CompoundParser compounds;

    private final RedirectReader redirects;

    private final AssignmentReader assignments;

    Parser(Source source) {
        this.source = source;
        this.words = new WordReader(source, this);
        this.redirects = new RedirectReader(source, this.words);
        this.assignments = new AssignmentReader(source, this, this.words);
        this.compounds = new CompoundParser(source, this, this.words);
    }

    /**
     * Reads a whole text.
     *
     * @param nodes receives the commands, also those before one that is not understood
     */
    void readAll(List<Node> nodes) {
        readList(nodes);
        if (!this.source.atEnd()) {
            throw this.source.unexpected();
        }
    }

    /** The commands of a text inside this one. */
    Script nested(String text) {
        this.source.effort().enter();
        List<Node> nodes = new ArrayList<>();
        new Parser(new Source(text, this.source.effort())).readAll(nodes);
        this.source.effort().leave();
        return new Script(nodes);
    }

    /** A text in which only variables and substitutions mean something. */
    Word documentBody(String text) {
        this.source.effort().enter();
        Source inside = new Source(text, this.source.effort());
        Word body = new WordReader(inside, new Parser(inside)).document();
        this.source.effort().leave();
        return body;
    }

    /** The commands up to a closing parenthesis. */
    Script substitution() {
        this.source.enterSubstitution();
        List<Node> nodes = new ArrayList<>();
        readList(nodes);
        expect(')');
        this.source.leaveSubstitution();
        return new Script(nodes);
    }

    /** At least one command. */
    Script commands() {
        this.source.effort().enter();
        List<Node> nodes = new ArrayList<>();
        readList(nodes);
        if (nodes.isEmpty()) {
            throw this.source.unexpected();
        }
        this.source.effort().leave();
        return new Script(nodes);
    }

    /** Commands up to where a list ends: the text, a parenthesis, a closing word, the end of a case. */
    void readList(List<Node> nodes) {
        this.source.skipLines(this);
        while (!endsList()) {
            Node node = chain();
            this.source.skipBlanks();
            char c = this.source.peek();
            if (c == '&') {
                this.source.skip(1);
                nodes.add(new Node.Background(node));
            } else {
                nodes.add(node);
                if (c == ';' && ";&".indexOf(this.source.peek(1)) < 0) {
                    this.source.skip(1);
                } else if (c != '\n') {
                    return;
                }
            }
            this.source.skipLines(this);
        }
    }

    private boolean endsList() {
        char c = this.source.peek();
        if (this.source.atEnd() || c == ')') {
            return true;
        }
        if (c == ';' && ";&".indexOf(this.source.peek(1)) >= 0) {
            return true;
        }
        String word = reserved();
        return word != null && CLOSING.contains(word);
    }

    private Node chain() {
        Node first = pipeline();
        List<Node> elements = null;
        List<Boolean> and = new ArrayList<>();
        while (true) {
            this.source.skipBlanks();
            boolean isAnd = this.source.startsWith("&&");
            if (!isAnd && !this.source.startsWith("||")) {
                return (elements == null) ? first : new Node.Chain(elements, and);
            }
            this.source.skip(2);
            this.source.skipLines(this);
            if (elements == null) {
                elements = new ArrayList<>();
                elements.add(first);
            }
            elements.add(pipeline());
            and.add(isAnd);
        }
    }

    private Node pipeline() {
        String word = reserved();
        if (word != null && (word.equals("!") || word.equals("time"))) {
            return prefixed(word);
        }
        if (this.source.startsWith("!(")) {
            this.source.skip(1);
        }
        Node first = command();
        List<Node> elements = null;
        while (true) {
            this.source.skipBlanks();
            if (this.source.peek() != '|' || this.source.peek(1) == '|') {
                return (elements == null) ? first : new Node.Pipe(elements);
            }
            this.source.skip((this.source.peek(1) == '&') ? 2 : 1);
            this.source.skipLines(this);
            if (elements == null) {
                elements = new ArrayList<>();
                elements.add(first);
            }
            elements.add(command());
        }
    }

    private Node prefixed(String word) {
        this.source.effort().enter();
        this.source.skip(word.length());
        this.source.skipBlanks();
        boolean timed = word.equals("time");
        if (timed) {
            skipOption("-p");
            skipOption("--");
        }
        char c = this.source.peek();
        boolean alone = this.source.atEnd() || (timed ? ";\n&|)" : ";\n)").indexOf(c) >= 0;
        Node node = alone ? new Node.Simple(List.of(), List.of(), List.of()) : pipeline();
        this.source.effort().leave();
        return timed ? new Node.Timed(node) : node;
    }

    private void skipOption(String option) {
        if (this.source.startsWith(option)
                && (this.source.peek(2) == Source.END || Source.isMeta(this.source.peek(2)))) {
            this.source.skip(2);
            this.source.skipBlanks();
        }
    }

    private Node command() {
        this.source.effort().spend(1);
        Node compound = "time".equals(reserved()) ? null : this.compounds.read();
        if (compound == null) {
            return simple();
        }
        return withRedirects(compound);
    }

    Node withRedirects(Node compound) {
        List<Redirect> found = new ArrayList<>();
        this.source.skipBlanks();
        while (this.redirects.startsHere()) {
            found.add(this.redirects.read());
            this.source.skipBlanks();
        }
        return found.isEmpty() ? compound : new Node.Redirected(compound, found);
    }

    Node simple() {
        int start = this.source.at();
        List<Assignment> assigned = new ArrayList<>(1);
        List<Word> read = new ArrayList<>();
        List<Redirect> found = new ArrayList<>(1);
        boolean takesArrays = false;
        while (true) {
            this.source.skipBlanks();
            if (this.redirects.startsHere()) {
                found.add(this.redirects.read());
                continue;
            }
            Assignment assignment = (read.isEmpty() || takesArrays) ? this.assignments.read(read.isEmpty()) : null;
            if (assignment != null && assignment.assigns() && read.isEmpty()) {
                assigned.add(assignment);
                continue;
            }
            Word word = (assignment != null) ? AssignmentReader.asWord(assignment) : this.words.read();
            if (word.isEmpty()) {
                break;
            }
            if (read.isEmpty()) {
                String bare = word.bare();
                if (assigned.isEmpty() && found.isEmpty()) {
                    Node function = this.compounds.functionNamed(word);
                    if (function != null) {
                        return function;
                    }
                    if (bare != null && !bare.equals("time") && ReservedWords.contains(bare)) {
                        throw this.source.unexpected();
                    }
                }
                takesArrays = bare != null && TAKES_ARRAYS.contains(bare);
            }
            read.add(word);
        }
        if (this.source.at() == start || this.source.peek() == '(') {
            throw this.source.unexpected();
        }
        this.source.effort().spend(read.size());
        return new Node.Simple(assigned, read, found);
    }

    /** The reserved word that stands here, or {@code null}. */
    @Nullable
    String reserved() {
        return ReservedWords.at(this.source);
    }

    void expect(char wanted) {
        if (this.source.peek() != wanted) {
            throw this.source.unexpected();
        }
        this.source.skip(1);
    }
}

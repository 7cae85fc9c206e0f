package cloud.enact.analysis.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A text being read, and the place reached in it. */
final class Source {

    /** What stands for the end. */
    static final char END = '\uFFFF';

    /** Of what is only known at run time, this much is kept as it was written. */
    private static final int LONGEST_RAW = 500;

    private final String text;

    private final Effort effort;

    private final Deque<List<HereDocument>> documents = new ArrayDeque<>();

    /** Places where a reading was tried and failed, so that none is tried twice. */
    private final Set<Integer> failed = new HashSet<>();

    private int at;

    Source(String text, Effort effort) {
        this.text = text;
        this.effort = effort;
        this.documents.push(new ArrayList<>());
        effort.spend(text.length());
    }

    Effort effort() {
        return this.effort;
    }

    int at() {
        return this.at;
    }

    int length() {
        return this.text.length();
    }

    boolean atEnd() {
        return this.at >= this.text.length();
    }

    char charAt(int index) {
        return this.text.charAt(index);
    }

    /** The next character, or {@link #END}. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        int index = this.at + ahead;
        return (index < this.text.length()) ? this.text.charAt(index) : END;
    }

    void skip(int count) {
        this.at += count;
    }

    void moveTo(int place) {
        this.at = place;
    }

    boolean startsWith(String wanted) {
        return this.text.startsWith(wanted, this.at);
    }

    boolean startsWith(String wanted, int index) {
        return this.text.startsWith(wanted, index);
    }

    int indexOf(char wanted, int from, int end) {
        int found = this.text.indexOf(wanted, from);
        return (found < end) ? found : -1;
    }

    int lineEnd(int from) {
        int end = this.text.indexOf('\n', from);
        return (end < 0) ? this.text.length() : end;
    }

    void copy(int from, int end, StringBuilder target) {
        target.append(this.text, from, end);
    }

    String ahead(int length) {
        return this.text.substring(this.at, this.at + length);
    }

    String substring(int from) {
        return this.text.substring(from, this.at);
    }

    /** What was written from there to here, shortened. */
    String raw(int from) {
        return (this.at - from <= LONGEST_RAW)
                ? this.text.substring(from, this.at)
                : this.text.substring(from, from + LONGEST_RAW) + '\u2026';
    }

    boolean endsWithContinuation(int start, int end) {
        int slashes = 0;
        while (end - slashes > start && this.text.charAt(end - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** Blanks and continued lines. */
    void skipBlanks() {
        while (true) {
            char c = peek();
            if (c == ' ' || c == '\t') {
                this.at++;
            } else if (c == '\\' && peek(1) == '\n') {
                this.at += 2;
            } else if (c == '#' && startsComment()) {
                this.at = lineEnd(this.at);
            } else {
                return;
            }
        }
    }

    private boolean startsComment() {
        return this.at == 0 || isMeta(this.text.charAt(this.at - 1)) || this.text.startsWith("\\\n", this.at - 2);
    }

    void skipContinuations() {
        while (peek() == '\\' && peek(1) == '\n') {
            this.at += 2;
        }
    }

    /** Blanks and lines, with the here-documents that begin on them. */
    void skipLines(Parser parser) {
        skipBlanks();
        while (peek() == '\n') {
            newline(parser);
            skipBlanks();
        }
    }

    void newline(Parser parser) {
        this.at++;
        List<HereDocument> waiting = this.documents.element();
        if (!waiting.isEmpty()) {
            List<HereDocument> now = List.copyOf(waiting);
            waiting.clear();
            for (HereDocument document : now) {
                document.read(this, parser);
            }
        }
    }

    void await(HereDocument document) {
        this.documents.element().add(document);
    }

    void enterSubstitution() {
        this.documents.push(new ArrayList<>());
        this.effort.enter();
    }

    void leaveSubstitution() {
        this.documents.pop();
        this.effort.leave();
    }

    boolean inSubstitution() {
        return this.documents.size() > 1;
    }

    boolean hasFailed(int place) {
        return this.failed.contains(place);
    }

    /** Goes back to a place where something else must stand. */
    void markFailed(int place) {
        this.failed.add(place);
        this.at = place;
    }

    /** What the reading gives, or {@code null}, back where it began, when it fails. */
    <T> @Nullable T attempt(Supplier<@Nullable T> reading) {
        int place = this.at;
        int depth = this.effort.depth();
        int open = this.documents.size();
        T result;
        try {
            result = reading.get();
        } catch (NotUnderstoodException ex) {
            if (ex.isHopeless()) {
                throw ex;
            }
            result = null;
        }
        if (result == null) {
            this.effort.spend(this.at - place);
            this.effort.returnTo(depth);
            while (this.documents.size() > open) {
                this.documents.pop();
            }
            this.failed.add(place);
            this.at = place;
        }
        return result;
    }

    NotUnderstoodException unexpected() {
        if (atEnd()) {
            return new NotUnderstoodException("ends too early");
        }
        // the character itself is not quoted: it may be anything
        return new NotUnderstoodException("has a syntax error at character " + (this.at + 1));
    }

    static boolean isMeta(char c) {
        return switch (c) {
            case ' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>' -> true;
            default -> false;
        };
    }

    static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    static boolean isName(char c) {
        return isNameStart(c) || isDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the plain commands in a line for PowerShell or the command processor of Windows. */
final class WindowsReader {

    private static final Set<String> KEYWORDS = Set.of(
            "if",
            "else",
            "elseif",
            "foreach",
            "for",
            "while",
            "do",
            "try",
            "catch",
            "finally",
            "return",
            "function",
            "param",
            "in",
            "switch",
            "process",
            "begin",
            "end",
            "call",
            "@echo",
            "not",
            "exist");

    private final String code;

    private final char escape;

    private final Runner runner;

    private final List<Field> words = new ArrayList<>();

    private final List<Integer> members = new ArrayList<>();

    private final StringBuilder word = new StringBuilder();

    private boolean started;

    private int at;

    WindowsReader(String code, char escape, Runner runner) {
        this.code = code;
        this.escape = escape;
        this.runner = runner;
    }

    /** Notes each command, and those that are piped into each other. */
    void commands(Runner target, Frame frame) {
        while (this.at < this.code.length()) {
            char c = this.code.charAt(this.at);
            if (c == this.escape && this.at + 1 < this.code.length()) {
                append(this.code.charAt(this.at + 1));
                this.at += 2;
                continue;
            }
            switch (c) {
                case '"', '\'' -> {
                    if (c == '\'' && !isPowerShell()) {
                        append(c);
                        this.at++;
                    } else {
                        string(c);
                    }
                }
                case ' ', '\t', '\r' -> {
                    endWord();
                    this.at++;
                }
                case '|' -> {
                    boolean or = this.code.startsWith("||", this.at);
                    endCommand(target, frame, !or);
                    this.at += or ? 2 : 1;
                }
                case '\n', '&', '(', ')', '{', '}', ';' -> {
                    boolean plain = c == ';' && !isPowerShell();
                    if (plain) {
                        endWord();
                    } else {
                        endCommand(target, frame, false);
                    }
                    this.at++;
                }
                case '#' -> {
                    if (isPowerShell() && !this.started) {
                        int end = this.code.indexOf('\n', this.at);
                        this.at = (end < 0) ? this.code.length() : end;
                    } else {
                        append(c);
                        this.at++;
                    }
                }
                case '$', '%' -> variable(c);
                default -> {
                    append(c);
                    this.at++;
                }
            }
        }
        endCommand(target, frame, false);
    }

    private boolean isPowerShell() {
        return this.escape == '`';
    }

    private void append(char c) {
        this.word.append(c);
        this.started = true;
    }

    private void string(char quote) {
        this.started = true;
        this.at++;
        while (this.at < this.code.length() && this.code.charAt(this.at) != quote) {
            char c = this.code.charAt(this.at);
            if (c == this.escape && quote == '"' && this.at + 1 < this.code.length()) {
                append(this.code.charAt(this.at + 1));
                this.at += 2;
            } else if (c == '$' && quote == '"' || c == '%' && !isPowerShell()) {
                variable(c);
            } else {
                append(c);
                this.at++;
            }
        }
        this.at++;
    }

    private void variable(char c) {
        boolean here = (c == '$') == isPowerShell();
        int end = this.at + 1;
        while (end < this.code.length() && (Source.isName(this.code.charAt(end)) || this.code.charAt(end) == ':')) {
            end++;
        }
        if (!here || end == this.at + 1 || c == '%' && (end >= this.code.length() || this.code.charAt(end) != '%')) {
            append(c);
            this.at++;
            return;
        }
        end += (c == '%') ? 1 : 0;
        this.word.append(this.runner.unknown(this.code.substring(this.at, end)));
        this.started = true;
        this.at = end;
    }

    private void endWord() {
        if (this.started) {
            this.words.add(Field.of(this.word.toString()));
            this.word.setLength(0);
            this.started = false;
        }
    }

    private void endCommand(Runner target, Frame frame, boolean piped) {
        endWord();
        while (!this.words.isEmpty() && KEYWORDS.contains(lower(0))) {
            this.words.remove(0);
        }
        if (this.words.size() > 1 && this.words.get(1).text().equals("=")) {
            this.words.subList(0, 2).clear();
        }
        if (!this.words.isEmpty()) {
            this.members.add(target.foreign(List.copyOf(this.words), frame));
            code(target, frame);
            this.words.clear();
        }
        if (!piped) {
            target.pipeline(List.copyOf(this.members));
            this.members.clear();
        }
    }

    /** A command that runs text again. */
    private void code(Runner target, Frame frame) {
        boolean runs = Set.of("iex", "invoke-expression").contains(lower(0));
        if (runs && this.words.size() > 1) {
            StringBuilder text = new StringBuilder();
            this.words
                    .subList(1, this.words.size())
                    .forEach(field -> text.append(field.text()).append(' '));
            new WindowsReader(text.toString(), this.escape, this.runner).commands(target, frame.through("iex"));
        }
    }

    private String lower(int index) {
        return this.words.get(index).text().toLowerCase(Locale.ROOT);
    }
}

package cloud.enact.analysis.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines among SQL that are for the client: {@code \d} and {@code \!} of psql, {@code .tables} of sqlite3. */
final class ClientCommands {

    private static final List<String> SHELLS = List.of("\\!", ".shell", ".system", "system");

    private static final List<String> FILES =
            List.of("\\i", "\\ir", "\\include", "\\include_relative", ".read", "source", "\\.");

    private final Runner runner;

    ClientCommands(Runner runner) {
        this.runner = runner;
    }

    /** Runs what lines for the client run; what is left is SQL. */
    String run(Call call, String code, String wrapper, Frame frame) {
        if (code.indexOf('\\') < 0 && code.indexOf('.') < 0 && !code.contains("system") && !code.contains("source")) {
            return code;
        }
        StringBuilder sql = new StringBuilder();
        int start = 0;
        while (start < code.length()) {
            int end = code.indexOf('\n', start);
            end = (end < 0) ? code.length() : end + 1;
            String line = code.substring(start, end);
            // inside quotes a line is data, and what looks like one for the client may hide what follows
            String left = isQuotedUpTo(sql) ? null : withoutCommand(call, line.strip(), wrapper, frame);
            sql.append((left != null) ? left : line);
            start = end;
        }
        return sql.toString();
    }

    private static boolean isQuotedUpTo(StringBuilder sql) {
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"' || c == '$' || c == '`' || c == '*') {
                return true;
            }
        }
        return false;
    }

    /** What a line for the client leaves as SQL, or {@code null} when it is none. */
    private @Nullable String withoutCommand(Call call, String line, String wrapper, Frame frame) {
        String word = firstWord(line);
        String rest = line.substring(word.length()).strip();
        if (line.startsWith("\\!")) {
            this.runner.text(call, line.substring(2), wrapper, frame);
            return "";
        }
        if (SHELLS.contains(word)) {
            this.runner.text(call, rest, wrapper, frame);
            return "";
        }
        if (FILES.contains(word)) {
            String known = this.runner.file(rest);
            return (known != null) ? known : this.runner.unknown(line);
        }
        if (word.equals("\\copy")) {
            return "COPY " + rest + "\n";
        }
        boolean command = word.length() > 1
                && (word.charAt(0) == '\\'
                        || word.charAt(0) == '.' && call.name().startsWith("sqlite"));
        if (!command || line.indexOf(';') >= 0 || line.indexOf('\'') >= 0) {
            return null;
        }
        int bar = rest.indexOf('|');
        if (bar >= 0) {
            this.runner.text(call, rest.substring(bar + 1), wrapper, frame);
        }
        return word.startsWith("\\g") ? null : "";
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) > ' ') {
            end++;
        }
        return line.substring(0, end);
    }
}

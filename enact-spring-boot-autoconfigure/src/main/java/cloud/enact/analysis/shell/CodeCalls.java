package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands that code of another language plainly runs: {@code os.system("…")} and its like. */
final class CodeCalls {

    /** Functions that run a command; those marked with a star only without an object in front, or on a module. */
    private static final Map<String, Set<String>> FUNCTIONS = Map.of(
            "python",
            Set.of(
                    "system",
                    "popen",
                    "Popen",
                    "check_output",
                    "check_call",
                    "getoutput",
                    "getstatusoutput",
                    "run*",
                    "call*",
                    "execv",
                    "execvp",
                    "execl",
                    "execlp",
                    "execve",
                    "spawnlp",
                    "spawnvp",
                    "spawnv",
                    "create_subprocess_shell",
                    "create_subprocess_exec"),
            "javascript",
            Set.of("exec", "execSync", "spawn", "spawnSync", "execFile", "execFileSync", "execa", "execaSync"),
            "perl",
            Set.of("system*", "exec*"),
            "ruby",
            Set.of("system*", "exec*", "spawn*", "popen", "capture2", "capture2e", "capture3"),
            "php",
            Set.of("system*", "exec*", "shell_exec*", "passthru*", "popen*", "proc_open*", "pcntl_exec*"),
            "lua",
            Set.of("execute", "popen"),
            "awk",
            Set.of("system*"),
            "r",
            Set.of("system*", "system2*", "shell*"),
            "applescript",
            Set.of("script*"));

    private static final Set<String> MODULES = Set.of("subprocess", "sp", "os", "Kernel", "Process", "pty", "IO");

    /** Functions that run their argument as code of the same language. */
    private static final Set<String> EVALUATIONS = Set.of("exec", "eval", "execfile", "Function", "instance_eval");

    private static final Set<String> BACKQUOTES = Set.of("perl", "ruby", "php");

    private final Runner runner;

    CodeCalls(Runner runner) {
        this.runner = runner;
    }

    /** Runs what the code runs; whether it also runs code that it computes. */
    boolean find(Call call, String language, String code, String wrapper, Frame frame) {
        if (language.equals("expect") || language.equals("tcl")) {
            spawned(call, code, wrapper, frame);
            return false;
        }
        Set<String> functions = FUNCTIONS.getOrDefault(language, Set.of());
        if (language.equals("javascript") && !mentionsProcesses(code)) {
            functions = Set.of();
        }
        boolean computes = false;
        CodeReader reader = new CodeReader(code, language, this.runner);
        boolean piped = false;
        while (!reader.atEnd()) {
            char c = reader.peek();
            if (c == '`' && BACKQUOTES.contains(language)) {
                this.runner.text(call, reader.string(), wrapper, frame);
            } else if (reader.atQuotedCommand()) {
                this.runner.text(call, reader.delimited(), wrapper, frame);
            } else if (reader.atString()) {
                String text = reader.string();
                if (language.equals("awk") && (piped || reader.followedByPipe())) {
                    this.runner.text(call, text, wrapper, frame);
                }
                piped = false;
            } else if (Source.isNameStart(c)) {
                String name = reader.name();
                boolean evaluates = EVALUATIONS.contains(name) && (language.equals("python") || !name.equals("exec"));
                computes |= evaluates && reader.atComputedArgument();
                if (isFunction(name, functions) && reader.atArguments()) {
                    run(call, name, reader.arguments(), wrapper, frame);
                }
                piped = false;
            } else {
                piped = c == '|' || piped && c <= ' ';
                reader.skip();
            }
        }
        return computes;
    }

    /** Lines that start a program. */
    private void spawned(Call call, String code, String wrapper, Frame frame) {
        for (String line : code.replace(';', '\n').split("\n")) {
            String statement = line.strip();
            if (statement.startsWith("spawn ") || statement.startsWith("exec ")) {
                this.runner.text(call, statement.substring(statement.indexOf(' ') + 1), wrapper, frame);
            }
        }
    }

    private static boolean mentionsProcesses(String code) {
        return code.contains("child_process") || code.contains("execa") || code.contains("Bun.");
    }

    private static boolean isFunction(String name, Set<String> functions) {
        int dot = name.lastIndexOf('.');
        String last = name.substring(dot + 1);
        if (functions.contains(last)) {
            return true;
        }
        if (!functions.contains(last + "*")) {
            return false;
        }
        String before = (dot < 0) ? "" : name.substring(0, dot);
        return dot < 0 || MODULES.contains(before.substring(before.lastIndexOf('.') + 1));
    }

    private void run(Call call, String name, CodeReader.Arguments arguments, String wrapper, Frame frame) {
        List<String> words = new ArrayList<>(arguments.words());
        if (words.isEmpty()) {
            words.add(this.runner.unknown(name + "(\u2026)"));
        }
        boolean listed = arguments.listed() || words.size() > 1;
        if (!listed) {
            this.runner.text(call, words.get(0), wrapper, frame);
            return;
        }
        boolean namedTwice =
                name.contains("exec") && words.size() > 1 && words.get(0).equals(words.get(1));
        if (namedTwice) {
            words.remove(0);
        }
        List<Field> fields = new ArrayList<>();
        words.forEach(word -> fields.add(Field.of(word)));
        this.runner.words(fields, wrapper, frame);
    }
}

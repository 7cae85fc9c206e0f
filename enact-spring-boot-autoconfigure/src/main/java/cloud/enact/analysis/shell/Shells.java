package cloud.enact.analysis.shell;

import cloud.enact.analysis.shell.ShellCommand.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Shells, and the builtins that run text as a shell does. */
final class Shells {

    private static final Set<String> NAMES = Set.of(
            "sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "rbash", "fish", "csh", "tcsh", "yash", "posh", "osh",
            "nu", "elvish", "xonsh");

    private static final Set<String> LONG_WITH_VALUE = Set.of("rcfile", "init-file", "command", "init-command");

    private final Runner runner;

    Shells(Runner runner) {
        this.runner = runner;
    }

    static boolean isShell(String name) {
        return NAMES.contains(name);
    }

    boolean run(Call call, Frame frame) {
        switch (call.name()) {
            case "eval" -> {
                int from = (call.size() > 1 && call.text(1).equals("--")) ? 2 : 1;
                this.runner.inThisShell(call, call.joined(from), "eval", frame);
            }
            case "source", "." -> {
                if (call.size() > 1) {
                    script(call, 1, frame);
                }
            }
            case "trap" -> {
                int at = (call.size() > 1 && call.text(1).equals("--")) ? 2 : 1;
                if (call.size() > at + 1 && !call.text(at).startsWith("-")) {
                    this.runner.inThisShell(call, call.text(at), "trap", frame);
                }
            }
            case "su", "runuser" -> substituteUser(call, frame);
            case "script", "flock" -> optionText(call, frame);
            default -> {
                if (!isShell(call.name())) {
                    return written(call, frame);
                }
                shell(call, frame);
            }
        }
        return true;
    }

    /** A program that was written as a file just before. */
    private boolean written(Call call, Frame frame) {
        String path = call.text(0);
        if (path.indexOf('/') < 0 || this.runner.file(path) == null) {
            return false;
        }
        script(call, 0, frame);
        return true;
    }

    private void shell(Call call, Frame frame) {
        Options options = Options.leading(plusRemoved(call), 1, "oO", LONG_WITH_VALUE);
        int first = options.first();
        for (Field file : options.values(Set.of("rcfile", "init-file"))) {
            String code = this.runner.file(file.text());
            if (code != null) {
                this.runner.text(call, code, call.name(), frame);
            }
        }
        List<Field> commands = options.values(Set.of("command", "init-command"));
        if (!commands.isEmpty()) {
            commands.forEach(text -> this.runner.text(call, text.text(), call.name() + " -c", frame));
            return;
        }
        if (options.has("c")) {
            if (first >= 0) {
                Frame inner = frame.with(given(call, first + 1));
                this.runner.inThisShell(call, call.text(first), call.name() + " -c", inner);
            }
            return;
        }
        if (first >= 0 && !options.has("s")) {
            if (isInput(call.text(first))) {
                input(call, frame);
            } else {
                script(call, first, frame);
            }
            return;
        }
        input(call, frame);
    }

    private static boolean isInput(String file) {
        return file.equals("-") || file.equals("/dev/stdin") || file.equals("/dev/fd/0");
    }

    private static List<Field> plusRemoved(Call call) {
        List<Field> fields = new ArrayList<>(call.size());
        for (Field field : call.fields()) {
            boolean plus = field.text().length() == 2 && field.text().charAt(0) == '+';
            fields.add(plus ? Field.of("-" + field.text().charAt(1)) : field);
        }
        return fields;
    }

    private static Variables given(Call call, int from) {
        Variables variables = new Variables();
        List<String> arguments = new ArrayList<>();
        call.from(from).forEach(field -> arguments.add(field.text()));
        if (arguments.isEmpty()) {
            arguments.add(call.name());
        }
        variables.arguments(arguments);
        return variables;
    }

    private void input(Call call, Frame frame) {
        Input input = frame.input();
        if (input.given()) {
            Frame inner = input.document() ? frame.in(Context.HEREDOC) : frame;
            String code = (input.text() != null) ? input.text() : this.runner.unknown("\u2026");
            this.runner.text(call, code, call.name(), inner.reading(Input.INHERITED));
        }
    }

    /** A file: what was written to it here is run. */
    private void script(Call call, int at, Frame frame) {
        String code = this.runner.file(call.text(at));
        if (code == null && isInput(call.text(at))) {
            code = frame.input().text();
        }
        if (code == null) {
            return;
        }
        if (code.startsWith("#!")) {
            String language = Interpreters.language(code);
            if (language != null) {
                this.runner.code(call, language, code, false);
                return;
            }
        }
        String wrapper = (at == 0) ? "script" : call.name();
        this.runner.inThisShell(call, code, wrapper, frame.with(given(call, at)));
    }

    private void substituteUser(Call call, Frame frame) {
        Options options = Options.anywhere(
                call.fields(), 1, "cCsgGuw", Set.of("command", "session-command", "shell", "group", "user"));
        List<Field> texts = options.values(Set.of("c", "C", "command", "session-command"));
        for (Field text : texts) {
            this.runner.text(call, text.text(), call.name() + " -c", frame);
        }
        if (texts.isEmpty() && options.has("u") && options.first() >= 0) {
            this.runner.words(call.from(options.first()), call.name(), frame);
        } else if (texts.isEmpty()) {
            input(call, frame);
        }
    }

    /** {@code script -c TEXT} and {@code flock FILE -c TEXT}, or {@code flock FILE COMMAND}. */
    private void optionText(Call call, Frame frame) {
        boolean lock = call.name().equals("flock");
        Options options = lock
                ? Options.leading(call.fields(), 1, "wEc", Set.of("timeout", "wait", "conflict-exit-code", "command"))
                : Options.anywhere(call.fields(), 1, "cEIOBTmo", Set.of("command", "echo", "output-limit"));
        List<Field> texts = new ArrayList<>(options.values(Set.of("c", "command")));
        int inner = options.first() + 1;
        if (lock && options.first() >= 0 && inner < call.size()) {
            String next = call.text(inner);
            boolean text = next.equals("-c") || next.equals("--command");
            if (text && inner + 1 < call.size()) {
                texts.add(call.fields().get(inner + 1));
            } else if (!text) {
                this.runner.ownFlags(call, inner);
                this.runner.words(call.from(inner), call.name(), frame);
            }
        }
        for (Field text : texts) {
            this.runner.text(call, text.text(), call.name() + " -c", frame);
        }
    }
}

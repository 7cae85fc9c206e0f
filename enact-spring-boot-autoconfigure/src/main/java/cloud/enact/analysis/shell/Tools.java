package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Editors, archivers and schedulers that can be told to run a command. */
final class Tools {

    private final Runner runner;

    private final Recipes recipes;

    Tools(Runner runner) {
        this.runner = runner;
        this.recipes = new Recipes(runner);
    }

    boolean run(Call call, Frame frame) {
        switch (call.name()) {
            case "tar", "gtar", "bsdtar" ->
                option(
                        call,
                        Set.of(
                                "--to-command",
                                "--checkpoint-action",
                                "--use-compress-program",
                                "-I",
                                "--rsh-command",
                                "--info-script",
                                "--new-volume-script",
                                "-F"),
                        frame);
            case "rsync" -> option(call, Set.of("-e", "--rsh", "--rsync-path"), frame);
            case "scp", "sftp" -> option(call, Set.of("-S", "-D"), frame);
            case "zip" -> option(call, Set.of("-TT", "--unzip-command"), frame);
            case "rg" -> option(call, Set.of("--pre"), frame);
            case "mapfile", "readarray", "complete", "compgen" -> option(call, Set.of("-C"), frame);
            case "fzf" -> option(call, Set.of("--preview"), frame);
            case "man" -> option(call, Set.of("-P", "--pager"), frame);
            case "split" -> option(call, Set.of("--filter"), frame);
            case "sort" -> option(call, Set.of("--compress-program"), frame);
            case "find2perl", "logrotate", "tcpdump" -> option(call, Set.of("-z"), frame);
            case "vim", "vi", "nvim", "view", "ex", "gvim", "vimdiff" -> editor(call, frame);
            case "sed", "gsed" -> sed(call, frame);
            case "make", "gmake" -> make(call, frame);
            case "at", "batch" -> input(call, frame.input().text(), frame);
            case "nc", "ncat", "netcat" -> option(call, Set.of("-e", "-c", "--exec", "--sh-exec"), frame);
            case "socat" -> addresses(call, frame);
            case "crontab" -> table(call, frame);
            case "start-stop-daemon" -> daemon(call, frame);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The value of an option, attached or as the next word, is a command. */
    private void option(Call call, Set<String> names, Frame frame) {
        for (int at = 1; at < call.size(); at++) {
            String text = call.text(at);
            int equals = text.indexOf('=');
            String name = (equals > 0) ? text.substring(0, equals) : text;
            if (!names.contains(name)) {
                continue;
            }
            String value = (equals > 0) ? text.substring(equals + 1) : (at + 1 < call.size()) ? call.text(at + 1) : "";
            if (name.equals("--checkpoint-action")) {
                value = value.startsWith("exec=") ? value.substring(5) : "";
            }
            if (!value.isEmpty()) {
                this.runner.text(call, value, call.name() + " " + name, frame);
            }
        }
    }

    private void addresses(Call call, Frame frame) {
        for (Field field : call.from(1)) {
            String address = field.text();
            int colon = address.indexOf(':');
            String kind = address.substring(0, Math.max(0, colon)).toUpperCase(Locale.ROOT);
            if (kind.equals("EXEC") || kind.equals("SYSTEM") || kind.equals("SHELL")) {
                int comma = address.indexOf(',');
                String code = address.substring(colon + 1, (comma < 0) ? address.length() : comma);
                this.runner.text(call, code, "socat", frame);
            }
        }
    }

    private void daemon(Call call, Frame frame) {
        List<Field> words = new ArrayList<>();
        for (int at = 1; at < call.size(); at++) {
            String text = call.text(at);
            if ((text.equals("--exec") || text.equals("-x") || text.equals("-a") || text.equals("--startas"))
                    && at + 1 < call.size()) {
                words.add(call.fields().get(++at));
            } else if (text.equals("--")) {
                words.addAll(call.from(at + 1));
                break;
            }
        }
        if (!words.isEmpty()) {
            this.runner.words(words, call.name(), frame);
        }
    }

    /** {@code :!command} of an editor. */
    private void editor(Call call, Frame frame) {
        for (int at = 1; at < call.size(); at++) {
            String text = call.text(at);
            String command = "";
            if ((text.equals("-c") || text.equals("--cmd")) && at + 1 < call.size()) {
                command = call.text(++at);
            } else if (text.startsWith("+") || text.startsWith("-c")) {
                command = text.substring(1);
            }
            int bang = command.indexOf('!');
            if (bang >= 0 && bang + 1 < command.length()) {
                this.runner.text(call, command.substring(bang + 1), call.name() + " -c", frame);
            }
        }
    }

    /** The command {@code e} and the flag {@code e} of sed. */
    private void sed(Call call, Frame frame) {
        Options options = Options.anywhere(call.fields(), 1, "efl:i", Set.of("expression", "file", "line-length"));
        List<Field> scripts = options.values(Set.of("e", "expression"));
        if (scripts.isEmpty() && !options.has("f") && !options.has("file") && options.first() >= 0) {
            scripts = List.of(call.fields().get(options.first()));
        }
        for (Field script : scripts) {
            for (String line : script.text().replace('\n', ';').split(";")) {
                sed(call, line.trim(), frame);
            }
        }
    }

    private void sed(Call call, String line, Frame frame) {
        int at = 0;
        while (at < line.length() && "0123456789,$ ".indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        String command = line.substring(at);
        if (command.startsWith("e ")) {
            this.runner.text(call, command.substring(2), "sed e", frame);
        } else if (command.length() > 3 && command.charAt(0) == 's' && !Source.isName(command.charAt(1))) {
            char mark = command.charAt(1);
            int second = command.indexOf(mark, 2);
            int third = (second < 0) ? -1 : command.indexOf(mark, second + 1);
            if (third > 0 && command.indexOf('e', third) > 0) {
                String replacement = command.substring(second + 1, third);
                boolean computed = replacement.indexOf('&') >= 0 || replacement.indexOf('\\') >= 0;
                this.runner.text(call, computed ? this.runner.unknown(replacement) : replacement, "sed e", frame);
            }
        }
    }

    /** Recipes of a makefile that was written here. */
    private void make(Call call, Frame frame) {
        Options options = Options.anywhere(
                call.fields(), 1, "CfIjloW", Set.of("directory", "file", "makefile", "include-dir", "eval"));
        for (Field field : call.from(1)) {
            functions(call, field.text(), frame);
        }
        for (Field file : options.values(Set.of("f", "file", "makefile"))) {
            String text = file.text().equals("-") ? frame.input().text() : this.runner.file(file.text());
            recipes(call, text, frame);
        }
        if (!options.has("f") && !options.has("C")) {
            recipes(call, this.runner.file("Makefile"), frame);
        }
    }

    /** {@code $(shell …)} in what make is told on its command line. */
    private void functions(Call call, String text, Frame frame) {
        int start = text.indexOf("$(shell ");
        int end = text.lastIndexOf(')');
        if (start >= 0 && end > start) {
            this.runner.text(call, text.substring(start + 8, end), "make", frame);
        }
    }

    private void recipes(Call call, @Nullable String makefile, Frame frame) {
        if (makefile != null) {
            this.recipes.run(call, makefile, frame);
        }
    }

    private void input(Call call, @Nullable String text, Frame frame) {
        if (text != null) {
            this.runner.text(call, text, call.name(), frame.reading(Input.INHERITED));
        }
    }

    /** Lines of a schedule: five fields, or one that starts with an at sign, then the command. */
    private void table(Call call, Frame frame) {
        String text = frame.input().text();
        if (text == null && call.size() > 1) {
            text = this.runner.file(call.text(call.size() - 1));
        }
        if (text == null) {
            return;
        }
        for (String line : text.split("\n")) {
            String entry = line.trim();
            int fields = entry.startsWith("@") ? 1 : 5;
            int at = 0;
            while (fields > 0 && at < entry.length()) {
                while (at < entry.length() && entry.charAt(at) > ' ') {
                    at++;
                }
                while (at < entry.length() && entry.charAt(at) <= ' ') {
                    at++;
                }
                fields--;
            }
            if (at < entry.length() && !entry.startsWith("#")) {
                this.runner.text(call, entry.substring(at), "crontab", frame.reading(Input.INHERITED));
            }
        }
    }
}

package cloud.enact.analysis.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands that git is told to run. */
final class GitCommands {

    private static final Set<String> GLOBAL_LONG =
            Set.of("git-dir", "work-tree", "namespace", "super-prefix", "config-env", "exec-path");

    private static final Set<String> OPTIONS = Set.of(
            "--exec",
            "-x",
            "--upload-pack",
            "--receive-pack",
            "--tree-filter",
            "--index-filter",
            "--env-filter",
            "--msg-filter",
            "--parent-filter",
            "--commit-filter",
            "--tag-name-filter",
            "--setup",
            "--extcmd",
            "--open-files-in-pager");

    private final Runner runner;

    GitCommands(Runner runner) {
        this.runner = runner;
    }

    boolean run(Call call, Frame frame) {
        if (!call.name().equals("git")) {
            return false;
        }
        Options options = Options.leading(call.fields(), 1, "cC", GLOBAL_LONG);
        Map<String, String> aliases = new HashMap<>();
        for (Field setting : options.values(Set.of("c"))) {
            int equals = setting.text().indexOf('=');
            if (equals > 0) {
                set(call, setting.text().substring(0, equals), setting.text().substring(equals + 1), aliases, frame);
            }
        }
        int at = options.first();
        if (at < 0) {
            return true;
        }
        String alias = aliases.get(call.text(at));
        if (alias != null) {
            alias(call, alias, at, frame);
        }
        subcommand(call, at, frame);
        return true;
    }

    private void set(Call call, String key, String value, @Nullable Map<String, String> aliases, Frame frame) {
        String name = key.toLowerCase(Locale.ROOT);
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (name.startsWith("alias.")) {
            if (aliases != null) {
                aliases.put(key.substring(6), value);
            } else if (value.startsWith("!")) {
                this.runner.text(call, value.substring(1), "git config", frame);
            }
        } else if (name.startsWith("credential") && last.equals("helper")) {
            if (value.startsWith("!")) {
                this.runner.text(call, value.substring(1), "git -c", frame);
            }
        } else if (GitSettings.holdsCommand(name) && !value.isEmpty()) {
            this.runner.text(call, value, "git -c", frame);
        }
    }

    /** An alias is a command of the shell, or options and words of git itself. */
    private void alias(Call call, String alias, int at, Frame frame) {
        if (alias.startsWith("!")) {
            StringBuilder code = new StringBuilder(alias.substring(1));
            call.from(at + 1).forEach(field -> code.append(' ').append(field.text()));
            this.runner.text(call, code.toString(), "git -c", frame);
            return;
        }
        List<Field> words = new ArrayList<>(List.of(Field.of("git")));
        for (String word : alias.trim().split(" ")) {
            words.add(Field.of(word));
        }
        words.addAll(call.from(at + 1));
        this.runner.words(words, "git -c", frame);
    }

    private void subcommand(Call call, int at, Frame frame) {
        switch (call.text(at)) {
            case "bisect" -> after(call, at, "run", false, frame);
            case "submodule" -> after(call, at, "foreach", true, frame);
            case "config" -> config(call, at, frame);
            default -> {
                if (Set.of("rebase", "filter-branch", "difftool", "clone", "fetch", "pull", "push", "ls-remote", "grep")
                        .contains(call.text(at))) {
                    options(call, at, frame);
                }
            }
        }
    }

    private void after(Call call, int from, String word, boolean text, Frame frame) {
        for (int at = from + 1; at + 1 < call.size(); at++) {
            if (!call.text(at).equals(word)) {
                continue;
            }
            int start = at + 1;
            while (start < call.size() && call.text(start).startsWith("-")) {
                start++;
            }
            String wrapper = "git " + call.text(from) + " " + word;
            if (text) {
                this.runner.text(call, call.joined(start), wrapper, frame);
            } else {
                this.runner.words(call.from(start), wrapper, frame);
            }
            return;
        }
    }

    private void config(Call call, int from, Frame frame) {
        List<String> words = new ArrayList<>();
        for (Field field : call.from(from + 1)) {
            if (!field.text().startsWith("-")
                    && !(words.isEmpty() && field.text().equals("set"))) {
                words.add(field.text());
            }
        }
        if (words.size() > 1) {
            set(call, words.get(0), words.get(1), null, frame);
        }
    }

    private void options(Call call, int from, Frame frame) {
        boolean shortened = call.text(from).equals("rebase") || call.text(from).equals("difftool");
        for (int at = from + 1; at < call.size(); at++) {
            String text = call.text(at);
            int equals = text.indexOf('=');
            String name = (equals > 0 && text.startsWith("--")) ? text.substring(0, equals) : text;
            String wrapper = "git " + call.text(from) + " " + name;
            if (text.startsWith("ext::")) {
                this.runner.text(call, text.substring(5), "git " + call.text(from), frame);
            } else if (!OPTIONS.contains(name) || name.equals("-x") && !shortened) {
                continue;
            } else if (equals > 0 && !name.equals(text)) {
                this.runner.text(call, text.substring(equals + 1), wrapper, frame);
            } else if (at + 1 < call.size()) {
                this.runner.text(call, call.text(++at), wrapper, frame);
            }
        }
    }
}

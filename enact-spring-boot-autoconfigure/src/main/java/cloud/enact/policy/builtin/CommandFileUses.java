package cloud.enact.policy.builtin;

import cloud.enact.analysis.command.Elsewhere;
import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.builtin.FileUse.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the files that commands use, also those that one command finds for another. */
final class CommandFileUses {

    private static final Set<String> EDITORS = Set.of("vim vi nvim nano pico emacs ed ex red micro kak joe".split(" "));

    /** What they are given is written over when one of these options says so. */
    private static final Set<String> IN_PLACE = Set.of("in-place", "inplace", "write", "fix", "write-back");

    private static final Set<String> FIND_PATTERNS =
            Set.of("-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename", "-lname", "-regex");

    private static final int MOST_BEHIND = 16;

    private final PolicyInputs inputs;

    private final @Nullable String directory;

    private final Map<Integer, List<FileAccess>> byCommand = new HashMap<>();

    private final List<FileUse> uses = new ArrayList<>(2);

    CommandFileUses(PolicyInputs inputs) {
        this.inputs = inputs;
        this.directory = inputs.directory();
    }

    List<FileUse> find() {
        for (FileAccess access : this.inputs.commands().files()) {
            boolean away = Elsewhere.runs(this.inputs.shell().commands().get(access.command()));
            this.uses.add(FileUse.from(
                    away ? null : this.directory,
                    Kind.valueOf(access.kind().name()),
                    access.path().text(),
                    access.recursive()));
            this.byCommand
                    .computeIfAbsent(access.command(), command -> new ArrayList<>(2))
                    .add(access);
        }
        List<ShellCommand> commands = this.inputs.shell().commands();
        for (int i = 0; i < commands.size(); i++) {
            addMore(commands.get(i), i);
        }
        return this.uses;
    }

    private void add(Kind kind, String path, boolean recursive) {
        this.uses.add(new FileUse(kind, path, recursive));
    }

    private void addMore(ShellCommand command, int index) {
        List<ShellWord> words = command.arguments();
        boolean finds = command.name().equals("find");
        boolean deletes = finds && command.argv().contains("-delete");
        boolean edits = EDITORS.contains(command.name())
                || command.name().equals("patch")
                || command.flags().stream().anyMatch(IN_PLACE::contains)
                || command.name().equals("yq") && command.hasFlag("i");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            String next = (i + 1 < words.size()) ? words.get(i + 1).text() : "";
            if (edits && !word.startsWith("-")) {
                add(Kind.WRITE, word, false);
            } else if (word.startsWith("file:")) {
                add(Kind.READ, word, false);
            } else if (isTarget(command.name(), word) && !next.isEmpty()) {
                add(Kind.WRITE, next, true);
            } else if (!joinedTarget(command.name(), word).isEmpty()) {
                add(Kind.WRITE, joinedTarget(command.name(), word), true);
            } else if (finds && FIND_PATTERNS.contains(word)) {
                addFound(deletes, index, next);
            }
        }
    }

    /** An option whose value is where a program puts what it gets. */
    private static boolean isTarget(String program, String word) {
        return switch (program) {
            case "unzip", "7z" -> word.equals("-d");
            case "tar", "gtar", "bsdtar" -> word.equals("-C") || word.equals("--directory");
            case "cpio" -> word.equals("-D") || word.equals("--directory");
            case "expand-archive" -> word.equalsIgnoreCase("-destinationpath");
            case "wget" -> word.equals("-P") || word.equals("--directory-prefix");
            case "curl" -> word.length() > 2 && word.charAt(0) == '-' && word.charAt(1) != '-' && word.endsWith("o");
            default -> false;
        };
    }

    /** The same with its value, or nothing. */
    private static String joinedTarget(String program, String word) {
        return switch (program) {
            case "7z", "7za", "7zz" -> word.startsWith("-o") ? word.substring(2) : "";
            case "tar", "gtar", "bsdtar", "cpio" ->
                word.startsWith("--directory=") ? word.substring("--directory=".length()) : "";
            default -> "";
        };
    }

    /** What find deletes itself, or hands to a program. */
    private void addFound(boolean deletes, int index, String pattern) {
        if (deletes) {
            add(Kind.DELETE, pattern, true);
        }
        List<ShellCommand> commands = this.inputs.shell().commands();
        // what stands further behind gets nothing from it, and looking for it must not cost more than the text
        for (int i = index + 1; i <= Math.min(index + MOST_BEHIND, commands.size() - 1); i++) {
            ShellCommand run = commands.get(i);
            if (run.wrappers().stream().noneMatch(CommandFileUses::handsOn)) {
                continue;
            }
            boolean told = false;
            for (FileAccess access : this.byCommand.getOrDefault(i, List.of())) {
                if (access.path().text().contains("{}")) {
                    add(Kind.valueOf(access.kind().name()), pattern, true);
                    told = true;
                }
            }
            if (!told) {
                boolean removes = Set.of("rm", "unlink", "shred", "rmdir").contains(run.name());
                boolean edits = run.hasFlag("i", "in-place");
                add(removes ? Kind.DELETE : edits ? Kind.WRITE : Kind.READ, pattern, true);
            }
        }
    }

    private static boolean handsOn(String wrapper) {
        return wrapper.startsWith("find") || wrapper.startsWith("xargs") || wrapper.startsWith("parallel");
    }
}

package cloud.enact.analysis.command;

import cloud.enact.analysis.command.CliWords.Operand;
import cloud.enact.analysis.command.FileAccess.Kind;
import cloud.enact.analysis.shell.Redirection;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the files that one command reads, writes and deletes. */
final class FileAccessReader {

    private static final Set<String> WHOLE_TREES = Set.of("cp", "scp", "rsync", "zip", "ditto", "7z");

    private static final Set<String> WINDOWS_DELETES = Set.of("rd", "rmdir", "del", "erase");

    /** Read what they are given, and may write to one file that an option names. */
    private static final Set<String> SORTERS = Set.of("sort", "shuf");

    private static final Set<String> RECURSIVE = Set.of("rimraf", "del-cli", "deltree", "trash", "robocopy");

    private final ShellCommand command;

    private final int index;

    private final WorkingDirectory directory;

    private final List<ShellWord> found;

    private final List<FileAccess> files = new ArrayList<>(2);

    FileAccessReader(ShellFacts shell, int index, WorkingDirectory directory) {
        this.command = shell.commands().get(index);
        this.index = index;
        this.directory = directory;
        this.found = FoundFiles.of(shell, index);
    }

    List<FileAccess> read() {
        for (Redirection redirection : this.command.redirections()) {
            if (redirection.writes()) {
                add(Kind.WRITE, redirection.target(), false);
            } else if (redirection.reads()) {
                add(Kind.READ, redirection.target(), false);
            }
        }
        String name = this.command.name().toLowerCase(Locale.ROOT);
        ProgramFiles program = ProgramFiles.of(name);
        // its other subcommands delete nothing, so it has no row in the table
        if (name.equals("gio") && this.command.argv().stream().anyMatch(Set.of("trash", "remove")::contains)) {
            add(Kind.DELETE, rest(operands(program)), true);
            return this.files;
        }
        if (program.role() == ProgramFiles.Role.NONE) {
            add(Kind.READ, Uploads.of(this.command), false);
            return this.files;
        }
        List<ShellWord> operands = operands(program);
        boolean recursive = isRecursive(name);
        switch (program.role()) {
            case NONE -> {}
            case READ -> {
                add(Kind.READ, operands, recursive);
                if (SORTERS.contains(name)) {
                    add(Kind.WRITE, CliWords.values(this.command, "-o", "--output"), false);
                }
            }
            case PATTERN -> add(Kind.READ, behindPattern(operands), recursive);
            case WRITE -> add(Kind.WRITE, operands, recursive);
            case DELETE -> add(Kind.DELETE, operands, recursive);
            case COPY -> ends(Kind.READ, operands, recursive);
            case MOVE -> ends(Kind.DELETE, operands, true);
            case PACK -> pack(operands);
            case FIND -> find();
            case TAR -> tar(operands);
            case DD -> dd();
            case EDIT -> edit(operands);
            case DOWNLOAD -> download();
        }
        return this.files;
    }

    /** The words that are no options, and the files that a find hands on. */
    private List<ShellWord> operands(ProgramFiles program) {
        List<ShellWord> operands = new ArrayList<>();
        boolean placed = false;
        for (Operand operand : CliWords.of(this.command, program.valued()).operands()) {
            if (operand.text().equals("{}") && !this.found.isEmpty()) {
                operands.addAll(this.found);
                placed = true;
            } else if (!operand.text().equals("+") || this.found.isEmpty()) {
                operands.add(operand.word());
            }
        }
        if (!placed) {
            operands.addAll(this.found);
        }
        return operands;
    }

    private boolean isRecursive(String name) {
        return this.command.hasFlag("r", "R", "recursive", "recurse", "Recurse")
                || WHOLE_TREES.contains(name) && this.command.hasFlag("a", "archive")
                || WINDOWS_DELETES.contains(name)
                        && (this.command.hasFlag("s")
                                || this.command.argv().stream().anyMatch(word -> word.equalsIgnoreCase("/s")))
                || RECURSIVE.contains(name);
    }

    private static List<ShellWord> rest(List<ShellWord> words) {
        return words.isEmpty() ? words : words.subList(1, words.size());
    }

    private List<ShellWord> behindPattern(List<ShellWord> operands) {
        boolean patternByOption = this.command.hasFlag("e", "f", "file", "regexp", "files");
        return patternByOption ? operands : rest(operands);
    }

    private void ends(Kind source, List<ShellWord> operands, boolean recursive) {
        List<ShellWord> targets = CliWords.values(this.command, "-t", "--target-directory");
        int last = targets.isEmpty() ? operands.size() - 1 : operands.size();
        for (int i = 0; i < operands.size(); i++) {
            boolean isTarget = i == last && i > 0;
            add(isTarget ? Kind.WRITE : source, operands.get(i), recursive);
            if (source == Kind.DELETE && !isTarget) {
                // whoever moves a file away also hands on what is in it
                add(Kind.READ, operands.get(i), recursive);
            }
        }
        add(Kind.WRITE, targets, recursive);
        if (this.command.hasFlag("remove-source-files")) {
            add(Kind.DELETE, operands.subList(0, Math.max(0, operands.size() - 1)), true);
        }
        boolean mirrors = this.command.flags().stream().anyMatch(flag -> flag.startsWith("del"))
                || this.command.argv().stream()
                        .anyMatch(word -> word.equalsIgnoreCase("/mir") || word.equalsIgnoreCase("/purge"));
        if (mirrors
                && Set.of("rsync", "robocopy").contains(this.command.name())
                && !this.command.hasFlag("n", "dry-run", "list-only")
                && !operands.isEmpty()) {
            int target =
                    this.command.name().equals("robocopy") ? Math.min(1, operands.size() - 1) : operands.size() - 1;
            add(Kind.DELETE, operands.get(target), true);
        }
    }

    private void pack(List<ShellWord> operands) {
        List<ShellWord> names =
                this.command.name().startsWith("7") || this.command.name().equals("rar") ? rest(operands) : operands;
        if (!names.isEmpty()) {
            add(Kind.WRITE, names.get(0), false);
            add(Kind.READ, rest(names), true);
            if (this.command.name().equals("zip") && this.command.hasFlag("m", "move")) {
                add(Kind.DELETE, rest(names), true);
            }
        }
    }

    private void tar(List<ShellWord> operands) {
        String bundle =
                operands.isEmpty() || this.command.arguments().get(0).text().startsWith("-")
                        ? ""
                        : operands.get(0).text();
        boolean creates = this.command.hasFlag("c", "create", "r", "append", "u") || bundle.indexOf('c') >= 0;
        List<ShellWord> archives = CliWords.values(this.command, "-f", "--file");
        List<ShellWord> names = new ArrayList<>(bundle.isEmpty() ? operands : rest(operands));
        boolean inFile = bundle.indexOf('f') >= 0 || this.command.hasFlag("f", "file");
        if (inFile && !names.isEmpty() && archives.isEmpty()) {
            archives = List.of(names.remove(0));
        } else {
            archives.forEach(names::remove);
        }
        add(creates ? Kind.WRITE : Kind.READ, archives, false);
        if (creates) {
            add(Kind.READ, names, true);
            if (this.command.hasFlag("remove-files")) {
                add(Kind.DELETE, names, true);
            }
        }
    }

    private void dd() {
        for (ShellWord word : this.command.arguments()) {
            String text = word.text();
            if (text.startsWith("if=") || text.startsWith("of=")) {
                add(
                        text.startsWith("if=") ? Kind.READ : Kind.WRITE,
                        new ShellWord(text.substring(3), word.dynamic(), word.glob()),
                        false);
            }
        }
    }

    private void edit(List<ShellWord> operands) {
        boolean script = this.command.hasFlag("e", "E", "f", "expression", "file");
        List<ShellWord> names = script ? operands : rest(operands);
        boolean isSed = this.command.name().endsWith("sed");
        if (!isSed && !script) {
            // perl and ruby run their first operand
            add(Kind.READ, operands.subList(0, Math.min(1, operands.size())), false);
        }
        boolean inPlace = this.command.flags().stream().anyMatch(flag -> flag.equals("i") || flag.equals("in-place"));
        add(inPlace ? Kind.WRITE : Kind.READ, names, false);
    }

    private void download() {
        boolean wget = this.command.name().equals("wget");
        add(
                Kind.WRITE,
                wget
                        ? CliWords.values(this.command, "-O", "--output-document")
                        : CliWords.values(this.command, "-o", "--output", "--output-dir"),
                false);
        add(Kind.WRITE, RemoteNames.of(this.command), false);
        boolean whole = this.command.argv().contains("-T")
                || this.command.flags().stream().anyMatch(flag -> flag.endsWith("-file") || flag.equals("config"));
        for (ShellWord data : CliWords.values(
                this.command,
                "-d",
                "--data",
                "--data-binary",
                "--data-raw",
                "--data-urlencode",
                "-F",
                "--form",
                "-T",
                "--upload-file",
                "--post-file",
                "--body-file",
                "-K",
                "--config",
                "--json")) {
            int at = data.text().indexOf('@');
            if (at >= 0 || whole) {
                String path = data.text().substring(at + 1);
                int end = path.indexOf(';');
                add(
                        Kind.READ,
                        new ShellWord((end < 0) ? path : path.substring(0, end), data.dynamic(), data.glob()),
                        false);
            }
        }
    }

    private void find() {
        List<String> argv = this.command.argv();
        Kind kind = argv.contains("-delete") ? Kind.DELETE : Kind.READ;
        boolean fd = this.command.name().startsWith("fd");
        boolean any = false;
        for (ShellWord word : fd ? rest(this.command.arguments()) : this.command.arguments()) {
            String text = word.text();
            if (text.startsWith("-") || text.equals("(") || text.equals("!")) {
                if (text.equals("-H") || text.equals("-L") || text.equals("-P")) {
                    continue;
                }
                break;
            }
            any = true;
            if (kind == Kind.DELETE) {
                add(kind, word, true);
            }
        }
        if (!any && kind == Kind.DELETE) {
            add(kind, ShellWord.of("."), true);
        }
    }

    private void add(Kind kind, List<ShellWord> paths, boolean recursive) {
        paths.forEach(path -> add(kind, path, recursive));
    }

    private void add(Kind kind, ShellWord path, boolean recursive) {
        String text = path.text();
        if (text.isEmpty() || text.equals("-") || text.contains("://") || text.startsWith("/dev/null")) {
            return;
        }
        boolean whole = recursive || kind == Kind.READ && WHOLE_TREES.contains(this.command.name());
        this.files.add(new FileAccess(kind, this.directory.resolve(path), whole, this.index));
    }
}

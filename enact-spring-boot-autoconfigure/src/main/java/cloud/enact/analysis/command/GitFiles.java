package cloud.enact.analysis.command;

import cloud.enact.analysis.command.FileAccess.Kind;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;

/** Files that a call of git reads, writes and deletes in the working tree, or shows as they are in a commit. */
final class GitFiles {

    private GitFiles() {}

    static List<FileAccess> of(ShellCommand command, int index, WorkingDirectory directory) {
        GitCommand git = command.name().startsWith("git") ? GitCommand.of(command) : null;
        if (git == null || git.paths().isEmpty()) {
            return List.of();
        }
        List<FileAccess> files = new ArrayList<>(1);
        List<ShellWord> paths = git.paths();
        boolean recursive = command.hasFlag("r");
        List<ShellWord> base = CliWords.values(command, "-C");
        for (int i = 0; i < paths.size(); i++) {
            ShellWord path = directory.resolve(below(base, paths.get(i)));
            switch (git.subcommand()) {
                case "rm" -> files.add(new FileAccess(Kind.DELETE, path, recursive, index));
                case "mv" -> files.add(new FileAccess(Kind.WRITE, path, true, index));
                case "checkout", "restore" -> {
                    if (git.discardsChanges()) {
                        files.add(new FileAccess(Kind.WRITE, path, true, index));
                    }
                }
                case "blame", "annotate", "diff", "log" -> files.add(new FileAccess(Kind.READ, path, false, index));
                case "show", "cat-file", "archive" -> {
                    ShellWord named = paths.get(i);
                    int colon = named.text().indexOf(':');
                    if (colon >= 0 && colon + 1 < named.text().length()) {
                        String file = named.text().substring(colon + 1);
                        files.add(new FileAccess(
                                Kind.READ, new ShellWord(file, named.dynamic(), named.glob()), false, index));
                    }
                }
                default -> {}
            }
        }
        return files;
    }

    /** A path of a call of git as seen from where it was called: {@code git -C ../api rm a}. */
    private static ShellWord below(List<ShellWord> base, ShellWord path) {
        if (base.isEmpty() || path.text().startsWith("/") || path.text().startsWith("~")) {
            return path;
        }
        ShellWord first = base.get(0);
        return new ShellWord(first.text() + "/" + path.text(), first.dynamic() || path.dynamic(), path.glob());
    }
}

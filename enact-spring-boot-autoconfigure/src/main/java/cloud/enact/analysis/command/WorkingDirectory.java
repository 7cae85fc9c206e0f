package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.Set;

/** The directory that a command line has changed to, as far as its text tells. */
final class WorkingDirectory {

    private static final Set<String> CHANGES = Set.of("cd", "pushd", "chdir", "set-location");

    private static final int LONGEST = 4096;

    private String path = "";

    private boolean dynamic;

    /** Follows a command that changes the directory. */
    void follow(ShellCommand command) {
        if (command.name().equals("popd")) {
            this.path = "";
            this.dynamic = false;
        }
        if (!CHANGES.contains(command.name())) {
            return;
        }
        ShellWord target = command.arguments().stream()
                .filter(word -> !word.text().startsWith("-") && !word.text().equals("/d"))
                .findFirst()
                .orElse(ShellWord.of(command.arguments().isEmpty() ? "~" : ""));
        ShellWord resolved = resolve(target);
        this.path = resolved.text();
        this.dynamic = resolved.dynamic();
    }

    /** A path as seen from where the command line began. */
    ShellWord resolve(ShellWord word) {
        if (this.path.isEmpty() || isAbsolute(word.text()) || word.text().length() + this.path.length() > LONGEST) {
            return word;
        }
        String slash = this.path.endsWith("/") ? "" : "/";
        return new ShellWord(this.path + slash + word.text(), word.dynamic() || this.dynamic, word.glob());
    }

    private static boolean isAbsolute(String text) {
        return text.isEmpty()
                || "/~$\\".indexOf(text.charAt(0)) >= 0
                || text.length() > 1 && text.charAt(1) == ':'
                || text.indexOf(':') > 0 && text.indexOf(':') < Math.max(text.indexOf('/'), 1);
    }
}

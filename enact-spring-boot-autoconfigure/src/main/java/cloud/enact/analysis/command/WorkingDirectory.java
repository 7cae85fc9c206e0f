package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The directory that a command line has changed to, as far as its text tells. What a subshell or another process changes
 * to is left with it.
 */
final class WorkingDirectory {

    private static final Set<String> CHANGES = Set.of("cd", "pushd", "chdir", "set-location");

    /** Run what they are given in the shell they stand in. */
    private static final Set<String> SAME_SHELL = Set.of("eval", "command", "builtin", "source", ".", "time", "alias");

    /** Run what they are given in a directory that they name. */
    private static final Set<String> ELSEWHERE = Set.of("env", "sudo");

    /** Nobody goes so far in one line; where it leads is not looked into any further. */
    private static final int LONGEST = 512;

    private static final ShellWord FAR = new ShellWord("$PWD_FAR_AWAY", true, false);

    private final Deque<Place> places = new ArrayDeque<>(2);

    private final Deque<ShellWord> pushed = new ArrayDeque<>(0);

    WorkingDirectory() {
        this.places.push(new Place(0, ShellWord.of(""), ShellWord.of("")));
    }

    /** Follows a command to where it runs, and where it changes the directory, to there. */
    void follow(ShellCommand command) {
        int level = level(command);
        while (this.places.size() > 1 && this.places.element().level() > level) {
            this.places.pop();
        }
        if (command.name().equals("popd")) {
            go(level, this.pushed.isEmpty() ? ShellWord.of("") : this.pushed.pop());
        } else if (CHANGES.contains(command.name())) {
            if (command.name().equals("pushd")) {
                this.pushed.push(this.places.element().path());
            }
            go(level, target(command));
        } else if (ELSEWHERE.contains(command.name())) {
            List<ShellWord> named = command.name().equals("env")
                    ? CliWords.values(command, "-C", "--chdir")
                    : CliWords.values(command, "-D", "--chdir");
            if (!named.isEmpty()) {
                ShellWord directory = resolve(named.get(0));
                this.places.push(new Place(level + 1, directory, directory));
            }
        }
    }

    /** How many shells stand around a command. */
    private static int level(ShellCommand command) {
        int level = command.depth();
        for (String wrapper : command.wrappers()) {
            level -= SAME_SHELL.contains(wrapper) ? 1 : 0;
        }
        boolean called = command.context() == ShellCommand.Context.FUNCTION;
        return Math.max(0, called ? level - 1 : level);
    }

    private ShellWord target(ShellCommand command) {
        List<ShellWord> arguments = command.arguments();
        if (!arguments.isEmpty() && arguments.get(0).text().equals("-")) {
            return this.places.element().before();
        }
        return resolve(arguments.stream()
                .filter(word -> !word.text().startsWith("-") && !word.text().equals("/d"))
                .findFirst()
                .orElse(ShellWord.of(arguments.isEmpty() ? "~" : "")));
    }

    private void go(int level, ShellWord path) {
        ShellWord before = this.places.element().path();
        if (this.places.element().level() == level) {
            this.places.pop();
        }
        this.places.push(new Place(level, (path.text().length() > LONGEST) ? FAR : path, before));
    }

    /** A path as seen from where the command line began. */
    ShellWord resolve(ShellWord word) {
        ShellWord path = this.places.element().path();
        if (path.text().isEmpty() || isAbsolute(word.text())) {
            return word;
        }
        String slash = path.text().endsWith("/") ? "" : "/";
        return new ShellWord(path.text() + slash + word.text(), word.dynamic() || path.dynamic(), word.glob());
    }

    private static boolean isAbsolute(String text) {
        return text.isEmpty()
                || "/~$\\".indexOf(text.charAt(0)) >= 0
                || text.length() > 1 && text.charAt(1) == ':'
                || text.indexOf(':') > 0 && text.indexOf(':') < Math.max(text.indexOf('/'), 1);
    }

    /**
     * Where commands run.
     *
     * @param level how many shells stand around them
     * @param path the directory, empty where the command line began
     * @param before the directory before
     */
    private record Place(int level, ShellWord path, ShellWord before) {}
}

package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellAnalyzer;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Programs that run what they are given as text. */
final class CodeRunners {

    /** Beside those of Unix. */
    private static final Set<String> SHELLS = Set.of("busybox", "pwsh", "powershell", "cmd", "elvish", "nu", "xonsh");

    private static final Set<String> LANGUAGES = Set.of(
            ("node nodejs perl ruby php lua luajit deno bun tclsh rscript osascript julia groovy ts-node tsx irb "
                            + "psql mysql sqlite3")
                    .split(" "));

    private static final Set<String> RUN = Set.of("eval", "source", ".", "iex", "invoke-expression");

    private static final Set<String> DATABASES = Set.of("psql", "mysql", "sqlite3");

    private CodeRunners() {}

    static boolean isShell(ShellCommand command) {
        return isShell(name(command));
    }

    static boolean isOne(ShellCommand command) {
        String name = name(command);
        return isShell(name) || isLanguage(name) || RUN.contains(name);
    }

    /** Whether what comes in, by its input or in place of an argument, is run as code. */
    static boolean runsInput(ShellCommand command) {
        String name = name(command);
        if (RUN.contains(name)) {
            return true;
        }
        if (name.equals("uv") || name.equals("pipx")) {
            return command.argv().contains("run") && command.argv().contains("-");
        }
        if (name.equals("make") || name.equals("gmake")) {
            int file = command.argv().indexOf("-f");
            return file > 0
                    && file + 1 < command.words().size()
                    && (command.words().get(file + 1).dynamic()
                            || command.argv().get(file + 1).equals("-"));
        }
        boolean shell = isShell(name);
        if (!shell && !isLanguage(name)) {
            return false;
        }
        List<ShellWord> arguments = command.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String text = arguments.get(i).text();
            boolean code = shell
                    ? isCluster(text, 'c')
                            || text.equalsIgnoreCase("-command")
                            || text.equalsIgnoreCase("-encodedcommand")
                    : isCluster(text, 'e')
                            || isCluster(text, 'c')
                            || isCluster(text, 'n')
                            || isCluster(text, 'p')
                            || isCluster(text, 'r')
                            || text.equals("--eval")
                            || text.equals("--print");
            if (code) {
                return i + 1 < arguments.size() && arguments.get(i + 1).dynamic();
            }
            if (text.equals("-m") || text.equals("--version") || text.equals("--help") || text.equals("-V")) {
                return false;
            }
            if (shell && (isCluster(text, 's') || text.equals("--"))) {
                return true;
            }
            if (text.equals("-") || text.equals("/dev/stdin")) {
                return true;
            }
            if (!text.startsWith("-") && !text.equals("run")) {
                // a script of its own, unless the script is what comes in
                return arguments.get(i).dynamic() && !DATABASES.contains(name);
            }
        }
        return !DATABASES.contains(name);
    }

    private static boolean isCluster(String option, char letter) {
        return option.length() > 1
                && option.length() < 6
                && option.charAt(0) == '-'
                && option.charAt(1) != '-'
                && option.indexOf(letter) > 0;
    }

    private static boolean isShell(String name) {
        return ShellAnalyzer.isShell(name) || SHELLS.contains(name);
    }

    private static boolean isLanguage(String name) {
        return LANGUAGES.contains(name) || name.startsWith("python") || name.equals("py") || name.equals("pypy3");
    }

    private static String name(ShellCommand command) {
        return command.name().toLowerCase(Locale.ROOT);
    }
}

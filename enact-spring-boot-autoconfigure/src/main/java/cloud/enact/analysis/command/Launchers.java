package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs that start another one by its name: {@code java -jar jenkins-cli.jar}, {@code python manage.py}. */
final class Launchers {

    private static final Set<String> INTERPRETERS =
            Set.of("python python2 python3 php ruby node perl bun deno tsx ts-node py".split(" "));

    /** Words between the program and the one it runs. */
    private static final Map<String, Set<String>> RUN = Map.ofEntries(
            Map.entry("bundle", Set.of("exec")),
            Map.entry("poetry", Set.of("run")),
            Map.entry("pipenv", Set.of("run")),
            Map.entry("uv", Set.of("run")),
            Map.entry("pdm", Set.of("run")),
            Map.entry("hatch", Set.of("run")),
            Map.entry("rye", Set.of("run")),
            Map.entry("conda", Set.of("run")),
            Map.entry("op", Set.of("run")),
            Map.entry("doppler", Set.of("run")),
            Map.entry("infisical", Set.of("run")),
            Map.entry("aws-vault", Set.of("exec")),
            Map.entry("chamber", Set.of("exec")),
            Map.entry("mise", Set.of("exec", "x")),
            Map.entry("asdf", Set.of("exec")),
            Map.entry("dotenv", Set.of("")),
            Map.entry("dotenvx", Set.of("run")),
            Map.entry("dotnet", Set.of("ef")),
            Map.entry("symfony", Set.of("console", "run", "php")),
            Map.entry("sail", Set.of("artisan")),
            Map.entry("npm", Set.of("exec", "x")),
            Map.entry("yarn", Set.of("exec", "dlx")),
            Map.entry("pnpm", Set.of("exec", "dlx")));

    private static final int DEEPEST = 4;

    private Launchers() {}

    /** The command that really runs; the same one when it starts no other. */
    static ShellCommand unwrap(ShellCommand command) {
        ShellCommand inner = command;
        for (int i = 0; i < DEEPEST; i++) {
            int start = startOfInner(inner);
            if (start <= 0 || start >= inner.words().size()) {
                return inner;
            }
            inner = from(inner, start);
        }
        return inner;
    }

    private static int startOfInner(ShellCommand command) {
        List<ShellWord> words = command.words();
        if (words.size() < 2) {
            return -1;
        }
        String name = command.name();
        String second = words.get(1).text();
        if (name.equals("java")) {
            int jar = command.argv().indexOf("-jar");
            return (jar > 0) ? jar + 1 : -1;
        }
        if (INTERPRETERS.contains(name)) {
            if (second.equals("-m")) {
                return 2;
            }
            return second.startsWith("-") ? -1 : 1;
        }
        Set<String> run = RUN.get(name);
        if (run == null || !run.contains(second) && !run.contains("")) {
            return -1;
        }
        int dashes = command.argv().indexOf("--");
        if (dashes > 0) {
            return dashes + 1;
        }
        int start = run.contains("") ? 1 : 2;
        while (start < words.size() && words.get(start).text().startsWith("-")) {
            start++;
        }
        return start;
    }

    private static ShellCommand from(ShellCommand command, int start) {
        List<ShellWord> words = command.words().subList(start, command.words().size());
        ShellWord first = words.get(0);
        String name = first.text().substring(first.text().lastIndexOf('/') + 1);
        if (name.endsWith(".jar")) {
            name = name.substring(0, name.length() - 4);
        }
        return new ShellCommand(
                name,
                words,
                flags(words),
                command.assignments(),
                command.redirections(),
                command.wrappers(),
                command.depth(),
                command.context(),
                first.dynamic());
    }

    private static List<String> flags(List<ShellWord> words) {
        List<String> flags = new ArrayList<>();
        for (ShellWord word : words.subList(1, words.size())) {
            String text = word.text();
            if (text.equals("--")) {
                break;
            }
            if (text.startsWith("--")) {
                int equals = text.indexOf('=');
                flags.add(text.substring(2, (equals < 0) ? text.length() : equals));
            } else if (text.length() > 1 && text.charAt(0) == '-') {
                text.substring(1).chars().forEach(c -> flags.add(String.valueOf((char) c)));
            }
        }
        return flags;
    }
}

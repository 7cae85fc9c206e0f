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
            Map.entry("symfony", Set.of("console", "run", "php")),
            Map.entry("sail", Set.of("artisan")),
            Map.entry("npm", Set.of("exec", "x")),
            Map.entry("yarn", Set.of("exec", "dlx")),
            Map.entry("pnpm", Set.of("exec", "dlx")));

    /** Run what a project has installed, with or without a word that says so. */
    private static final Set<String> BINARIES = Set.of("npx", "bunx", "pnpx", "pnpm", "yarn", "bun");

    private static final Set<String> CONTAINERS = Set.of("docker", "podman", "nerdctl");

    private static final int DEEPEST = 4;

    private Launchers() {}

    /** The command that really runs; the same one when it starts no other. */
    static ShellCommand unwrap(ShellCommand command) {
        ShellCommand inner = command.dynamic() ? lookedUp(command) : command;
        for (int i = 0; i < DEEPEST; i++) {
            int start = startOfInner(inner);
            if (start <= 0 || start >= inner.words().size()) {
                return inner;
            }
            inner = from(inner, inner.words().subList(start, inner.words().size()));
        }
        return inner;
    }

    /** {@code $(which terraform)} is terraform. */
    private static ShellCommand lookedUp(ShellCommand command) {
        String text = command.words().isEmpty() ? "" : command.words().get(0).text();
        for (String question : List.of("$(which ", "$(command -v ", "$(type -p ", "`which ", "`command -v ")) {
            int end = text.indexOf(question.startsWith("`") ? '`' : ')', 1);
            if (text.startsWith(question) && end > question.length()) {
                List<ShellWord> words = new ArrayList<>(command.words());
                words.set(0, ShellWord.of(text.substring(question.length(), end).strip()));
                return from(command, words);
            }
        }
        return command;
    }

    private static int startOfInner(ShellCommand command) {
        List<ShellWord> words = command.words();
        if (words.size() < 2) {
            return -1;
        }
        String name = command.name();
        if (BINARIES.contains(name)) {
            int binary = 1;
            while (binary < words.size() && words.get(binary).text().startsWith("-")) {
                binary++;
            }
            if (binary < words.size() && CliGrammar.of(program(words.get(binary).text())) != null) {
                return binary;
            }
        }
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
        if (CONTAINERS.contains(name) && second.equals("run")) {
            return imageOf(command);
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

    /** An image that is called as its program, which it starts by itself: {@code hashicorp/terraform}. */
    private static int imageOf(ShellCommand command) {
        List<String> argv = command.argv();
        for (int i = 2; i < argv.size(); i++) {
            String word = argv.get(i);
            boolean image = word.indexOf('/') > 0 && !word.startsWith("-") && !word.startsWith("/");
            if (image && CliGrammar.of(program(word)) != null) {
                return i;
            }
        }
        return -1;
    }

    /** The program behind a path, an image or an archive. */
    private static String program(String word) {
        String name = word.substring(word.lastIndexOf('/') + 1);
        int tag = name.indexOf(':');
        int version = name.indexOf('@', 1);
        int end = Math.min((tag > 0) ? tag : name.length(), (version > 0) ? version : name.length());
        String plain = name.substring(0, end);
        if (plain.endsWith("-cli") && CliGrammar.of(plain) == null) {
            plain = plain.substring(0, plain.length() - 4);
        }
        return plain.endsWith(".jar") ? plain.substring(0, plain.length() - 4) : plain;
    }

    private static ShellCommand from(ShellCommand command, List<ShellWord> words) {
        ShellWord first = words.get(0);
        return new ShellCommand(
                program(first.text()),
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

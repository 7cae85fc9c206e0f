package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.GitSettings;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/** Reads the words of git: options of git itself, aliases, and the subcommand that is left. */
final class GitReader {

    private static final int MOST_ALIASES = 10;

    private static final Set<String> WITH_VALUE = Set.of(
            "-c", "-C", "--git-dir", "--work-tree", "--namespace", "--super-prefix", "--config-env", "--attr-source");

    private final GitReading.Session session;

    private final GitReading reading = new GitReading();

    private final Map<String, String> settings = new HashMap<>();

    GitReader(GitReading.Session session) {
        this.session = session;
    }

    /**
     * Reads a call.
     *
     * @param words what stands behind the program
     * @param environment settings that variables make
     */
    GitReading read(List<ShellWord> words, Map<String, String> environment) {
        this.settings.putAll(this.session.settings());
        environment.forEach(this::set);
        List<ShellWord> rest = words;
        for (int round = 0; round < MOST_ALIASES; round++) {
            rest = withoutOptions(rest);
            if (rest.isEmpty()) {
                return this.reading;
            }
            String name = rest.get(0).text().toLowerCase(Locale.ROOT);
            String alias = this.settings.get("alias." + name);
            if (alias == null || rest.get(0).dynamic()) {
                break;
            }
            if (alias.startsWith("!")) {
                // what it runs is up to the reader of shell commands
                this.reading.add(GitEffect.RUNS_PROGRAM);
                rest = programOf(alias, rest);
            } else {
                rest = unfolded(alias, rest);
            }
        }
        if (rest.isEmpty()) {
            return this.reading;
        }
        if (rest.get(0).dynamic()) {
            this.reading.uncertain();
        }
        String name = rest.get(0).text().toLowerCase(Locale.ROOT);
        this.reading.subcommand(name);
        List<ShellWord> arguments = rest.subList(1, rest.size());
        if (name.equals("push") || name.equals("send-pack") || name.equals("http-push") || name.equals("subtree")) {
            new GitPush(this.reading, this.settings, this.session).read(name, arguments);
        } else {
            new GitSubcommands(this.reading, this.settings, this.session).read(name, arguments);
        }
        return this.reading;
    }

    private List<ShellWord> withoutOptions(List<ShellWord> words) {
        int at = 0;
        while (at < words.size()) {
            ShellWord word = words.get(at);
            String text = word.text();
            if (text.length() < 2 || text.charAt(0) != '-') {
                break;
            }
            if (text.equals("--help") || text.equals("-h") || text.equals("--version") || text.equals("-v")) {
                return List.of();
            }
            this.addDynamic(word);
            at++;
            if (WITH_VALUE.contains(text) && at < words.size()) {
                if (text.equals("-c")) {
                    set(words.get(at).text());
                }
                at++;
            } else if (text.startsWith("-c") && text.length() > 2 && text.charAt(1) == 'c') {
                set(text.substring(2));
            }
        }
        return words.subList(at, words.size());
    }

    private void addDynamic(ShellWord word) {
        if (word.dynamic() && word.text().indexOf('=') < 0) {
            this.reading.uncertain();
        }
    }

    private void set(String setting) {
        int equals = setting.indexOf('=');
        set((equals < 0) ? setting : setting.substring(0, equals), (equals < 0) ? "" : setting.substring(equals + 1));
    }

    private void set(String key, String value) {
        this.settings.put(GitSettings.key(key), value);
        this.reading.addIf(GitSettings.runsProgram(key, value), GitEffect.RUNS_PROGRAM);
    }

    private static List<ShellWord> unfolded(String alias, List<ShellWord> rest) {
        List<ShellWord> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(alias);
        while (tokens.hasMoreTokens()) {
            words.add(ShellWord.of(unquoted(tokens.nextToken())));
        }
        words.addAll(rest.subList(1, rest.size()));
        return words;
    }

    /** An alias that is a shell command is followed only where that command is git again. */
    private static List<ShellWord> programOf(String alias, List<ShellWord> rest) {
        String command = alias.substring(1).strip();
        return command.startsWith("git ") ? unfolded(command.substring(4), rest) : List.of();
    }

    private static String unquoted(String token) {
        StringBuilder text = new StringBuilder(token.length());
        token.chars().filter(c -> "'\"\\".indexOf(c) < 0).forEach(c -> text.append((char) c));
        return text.toString();
    }
}

package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.credential.CredentialDetector;
import cloud.enact.analysis.shell.ShellCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Calls told by their words. A row names programs, then, behind a colon, patterns that are separated by semicolons. The
 * words of a pattern follow each other in the call, with others between them; {@code a,b} is one of several, {@code a*}
 * a beginning, {@code *a} an end, {@code *a*} a part, {@code *} any, {@code $secret} the name of a secret, {@code
 * $production} stands for a word anywhere that names where people depend on things. What begins with a dash is an
 * option, wherever it stands and in its own case, and {@code --option=value} one with its value; what begins with an
 * exclamation mark must be absent. A row without patterns holds whatever the program is told.
 */
final class CallRows {

    private static final CredentialDetector NAMES = new CredentialDetector();

    /** Start what a project has installed. */
    private static final Set<String> STARTERS = Set.of("npx", "bunx", "pnpx", "pnpm", "yarn", "bun");

    private static final Set<String> PRODUCTION = Set.of("prod", "production", "prd", "live");

    private static final Set<String> BETWEEN = Set.of("exec", "dlx", "x");

    private final Map<String, List<List<Token>>> patterns = new HashMap<>();

    /**
     * What a pattern says of one word.
     *
     * @param alternatives of which the word is one, taken apart when the table is read and not for each command
     */
    private record Token(String text, List<String> alternatives, boolean absent) {

        static Token of(String written) {
            boolean absent = written.startsWith("!");
            String text = absent ? written.substring(1) : written;
            return new Token(text, List.of(text.split(",")), absent);
        }

        boolean isOption() {
            return this.text.startsWith("-");
        }
    }

    CallRows(String table) {
        for (String row : table.strip().split("\n")) {
            int colon = row.indexOf(" :");
            List<List<Token>> all = new ArrayList<>();
            for (String pattern :
                    (colon < 0) ? new String[] {""} : row.substring(colon + 2).split(" ; ")) {
                all.add(Arrays.stream(pattern.strip().split(" +"))
                        .filter(token -> !token.isEmpty())
                        .map(Token::of)
                        .toList());
            }
            for (String program :
                    ((colon < 0) ? row : row.substring(0, colon)).strip().split(" +")) {
                this.patterns
                        .computeIfAbsent(program, name -> new ArrayList<>())
                        .addAll(all);
            }
        }
    }

    /** Whether a row holds for the command. */
    boolean hold(ShellCommand command) {
        if (command.hasFlag("help") || command.words().isEmpty()) {
            return false;
        }
        int start = start(command);
        String name = (start == 0) ? command.name() : command.argv().get(start);
        List<List<Token>> ofProgram = this.patterns.get(program(name));
        if (ofProgram == null) {
            return false;
        }
        List<String> words = command.argv().subList(start + 1, command.argv().size()).stream()
                .map(word -> isOperand(word) ? word.toLowerCase(Locale.ROOT) : word)
                .toList();
        return ofProgram.stream().anyMatch(pattern -> holds(pattern, words));
    }

    /** Where the program stands that is started, by another one or by itself. */
    private static int start(ShellCommand command) {
        if (!STARTERS.contains(command.name())) {
            return 0;
        }
        int at = 1;
        List<String> argv = command.argv();
        while (at < argv.size() && (argv.get(at).startsWith("-") || BETWEEN.contains(argv.get(at)))) {
            at++;
        }
        boolean own = at == 1 && !command.name().endsWith("x");
        return (own || at >= argv.size()) ? 0 : at;
    }

    private static String program(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        int version = plain.indexOf('@', 1);
        plain = (version > 0) ? plain.substring(0, version) : plain;
        return plain.endsWith(".sh") ? plain.substring(0, plain.length() - 3) : plain;
    }

    private static boolean holds(List<Token> pattern, List<String> words) {
        int at = 0;
        for (Token token : pattern) {
            if (token.text().equals("$production")) {
                if (words.stream().noneMatch(CallRows::namesProduction)) {
                    return false;
                }
                continue;
            }
            if (token.absent() || token.isOption()) {
                if (isThere(token, words) == token.absent()) {
                    return false;
                }
                continue;
            }
            while (at < words.size() && !(isOperand(words.get(at)) && isOneOf(token, words.get(at)))) {
                at++;
            }
            if (at++ >= words.size()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a command says that it is about what people depend on. */
    static boolean nameProduction(ShellCommand command) {
        return command.argv().stream().anyMatch(CallRows::namesProduction);
    }

    private static boolean namesProduction(String word) {
        String folded = word.toLowerCase(Locale.ROOT);
        int start = 0;
        for (int i = 0; i <= folded.length(); i++) {
            if (i == folded.length() || !Character.isLetter(folded.charAt(i))) {
                if (PRODUCTION.contains(folded.substring(start, i))) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isThere(Token token, List<String> words) {
        String sought = token.text();
        int equals = token.isOption() ? sought.indexOf('=') : -1;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean valued = equals > 0
                    && word.equals(sought.substring(0, equals))
                    && i + 1 < words.size()
                    && words.get(i + 1).equalsIgnoreCase(sought.substring(equals + 1));
            if (valued || isOneOf(token, word) || sought.startsWith("--") && word.startsWith(sought + "=")) {
                return true;
            }
        }
        return false;
    }

    /** A dash alone is the input, and so no option. */
    private static boolean isOperand(String word) {
        return !word.startsWith("-") || word.length() == 1;
    }

    private static boolean isLike(String pattern, String word) {
        boolean open = pattern.endsWith("*");
        if (pattern.length() > 1 && pattern.startsWith("*")) {
            return open
                    ? word.contains(pattern.substring(1, pattern.length() - 1))
                    : word.endsWith(pattern.substring(1));
        }
        return open && word.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static boolean isOneOf(Token token, String word) {
        if (token.text().equals("$secret")) {
            return NAMES.isSecretName(word);
        }
        return token.alternatives().stream().anyMatch(each -> word.equals(each) || isLike(each, word));
    }
}

package cloud.enact.connector.github;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arguments of an operation, read as if somebody wanted to do harm with them. */
final class GitHubArguments {

    static final int MOST_BODY_CHARACTERS = 60_000;

    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");

    private static final int MOST_TITLE_CHARACTERS = 256;

    private static final int MOST_LABEL_CHARACTERS = 50;

    private static final int MOST_LABELS = 20;

    private static final int MOST_PATH_BYTES = 4096;

    private final Map<String, @Nullable Object> args;

    private final RepositoryName repository;

    /**
     * Takes arguments.
     *
     * @throws IllegalArgumentException when they don't name a repository
     */
    GitHubArguments(Map<String, @Nullable Object> args) {
        this.args = args;
        this.repository = RepositoryName.of(word("repo"));
    }

    RepositoryName repository() {
        return this.repository;
    }

    /** The arguments as they came. */
    Map<String, @Nullable Object> all() {
        return this.args;
    }

    /** The arguments, with a value that was found for one of them. */
    Map<String, @Nullable Object> with(String name, Object value) {
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>(this.args);
        resolved.put(name, value);
        return resolved;
    }

    /** Whether an argument has a value. */
    boolean has(String name) {
        return this.args.get(name) != null;
    }

    /** A branch of the repository. */
    BranchName branch(String name) {
        try {
            return new BranchName(word(name));
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("'" + name + "' is not a name git allows for a branch", ex);
        }
    }

    /** The id of a commit, or {@code null} when the argument is missing. */
    @Nullable
    String sha(String name) {
        if (!has(name)) {
            return null;
        }
        String sha = word(name);
        if (!isSha(sha)) {
            throw new IllegalArgumentException("'" + name + "' is not the id of a commit: 40 hexadecimal digits");
        }
        return sha;
    }

    static boolean isSha(String text) {
        return SHA.matcher(text).matches();
    }

    /** The number of an issue or pull request. */
    int number() {
        if (this.args.get("number") instanceof Long number && number > 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw new IllegalArgumentException("'number' is missing or not the number of an issue or pull request");
    }

    /** A title: one line. */
    String title() {
        String title = word("title");
        if (title.isBlank() || title.length() > MOST_TITLE_CHARACTERS) {
            throw new IllegalArgumentException(
                    "'title' is blank or longer than " + MOST_TITLE_CHARACTERS + " characters");
        }
        return title;
    }

    /** A text of several lines; empty when it may be missing and is. */
    String body(boolean required) {
        Object value = this.args.get("body");
        if (value == null && !required) {
            return "";
        }
        if (!(value instanceof String body) || (required && body.isBlank())) {
            throw new IllegalArgumentException("'body' is missing or not text");
        }
        requireText("body", body, MOST_BODY_CHARACTERS);
        return body;
    }

    /** Requires text of several lines without other control characters. */
    static void requireText(String name, String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException("'" + name + "' is longer than " + most + " characters");
        }
        if (text.codePoints().anyMatch(c -> "\n\r\t".indexOf(c) < 0 && isControl(c))) {
            throw new IllegalArgumentException("'" + name + "' has control characters in it");
        }
    }

    /** One label. */
    String label() {
        return requireLabel("label", word("label"));
    }

    /** Labels; none when the argument is missing. */
    List<String> labels() {
        Object value = this.args.get("labels");
        if (value == null) {
            return List.of();
        }
        List<String> labels = new ArrayList<>();
        if (value instanceof Collection<?> elements && elements.size() <= MOST_LABELS) {
            for (Object element : elements) {
                labels.add((element instanceof String label) ? requireLabel("labels", label) : "");
            }
        }
        if (labels.contains("") || !(value instanceof Collection<?>)) {
            throw new IllegalArgumentException("'labels' is not a list of at most " + MOST_LABELS + " labels");
        }
        return List.copyOf(labels);
    }

    private static String requireLabel(String name, String label) {
        if (label.isBlank()
                || label.length() > MOST_LABEL_CHARACTERS
                || label.codePoints().anyMatch(c -> isControl(c))) {
            throw new IllegalArgumentException("'" + name + "' has something in it that is not a label");
        }
        return label;
    }

    /** A truth; {@code false} when it is missing. */
    boolean flag(String name) {
        Object value = this.args.get(name);
        if (value != null && !(value instanceof Boolean)) {
            throw new IllegalArgumentException("'" + name + "' is neither true nor false");
        }
        return Boolean.TRUE.equals(value);
    }

    /** A path of a file in a repository. */
    String path() {
        return requirePath("path", word("path"));
    }

    /** Requires a path that stays in a repository and out of git's own files. */
    static String requirePath(String name, String path) {
        boolean wrong = path.isEmpty()
                || path.getBytes(StandardCharsets.UTF_8).length > MOST_PATH_BYTES
                || path.indexOf('\\') >= 0
                || path.codePoints().anyMatch(c -> isControl(c));
        for (String part : path.split("/", -1)) {
            wrong |= part.isEmpty() || part.equals(".") || part.equals("..") || part.equalsIgnoreCase(".git");
        }
        if (wrong) {
            throw new IllegalArgumentException("'" + name + "' is not the path of a file in a repository");
        }
        return path;
    }

    /** Text on one line. */
    String word(String name) {
        if (!(this.args.get(name) instanceof String text)) {
            throw new IllegalArgumentException("'" + name + "' is missing or not text");
        }
        if (text.codePoints().anyMatch(c -> isControl(c))) {
            throw new IllegalArgumentException("'" + name + "' has control characters in it");
        }
        return text;
    }

    /** Text on one line that is one of these; the first when it is missing. */
    String oneOf(String name, List<String> words) {
        if (!has(name)) {
            return words.get(0);
        }
        String word = word(name);
        if (!words.contains(word)) {
            throw new IllegalArgumentException("'" + name + "' is none of " + words);
        }
        return word;
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }
}

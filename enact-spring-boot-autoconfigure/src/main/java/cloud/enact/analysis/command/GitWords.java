package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options and operands of one subcommand, as git's own parser reads them: clusters, abbreviations, {@code --}. */
final class GitWords {

    private final List<Option> options = new ArrayList<>();

    private final List<ShellWord> operands = new ArrayList<>();

    private final List<ShellWord> paths = new ArrayList<>();

    private boolean separated;

    private boolean uncertain;

    /**
     * Reads the words behind a subcommand.
     *
     * @param withValue options that take the next word as their value; those of one letter are short ones
     */
    GitWords(List<ShellWord> words, Set<String> withValue) {
        int at = 0;
        while (at < words.size()) {
            ShellWord word = words.get(at++);
            String text = dashed(word.text());
            if (this.separated) {
                this.paths.add(word);
            } else if (text.equals("--")) {
                this.separated = true;
            } else if (text.length() < 2 || text.charAt(0) != '-') {
                this.operands.add(word);
            } else {
                this.uncertain |= word.dynamic() && text.indexOf('=') < 0;
                boolean takesNext =
                        text.startsWith("--") ? addLong(word, text, withValue) : addShort(word, text, withValue);
                if (takesNext && at < words.size()) {
                    Option last = this.options.remove(this.options.size() - 1);
                    this.options.add(new Option(last.name(), last.isLong(), words.get(at++)));
                }
            }
        }
    }

    /** Some keyboards and word processors write other dashes, and some programs take them. */
    private static String dashed(String text) {
        if (text.isEmpty() || !isDash(text.charAt(0))) {
            return text;
        }
        int end = 1;
        while (end < text.length() && end < 2 && isDash(text.charAt(end))) {
            end++;
        }
        return "-".repeat(end) + text.substring(end);
    }

    private static boolean isDash(char c) {
        return c == '-' || c >= '\u2010' && c <= '\u2015' || c == '\u2212' || c == '\uFF0D';
    }

    private boolean addLong(ShellWord word, String text, Set<String> withValue) {
        int equals = text.indexOf('=');
        String name = text.substring(2, (equals < 0) ? text.length() : equals).toLowerCase(Locale.ROOT);
        ShellWord value = (equals < 0) ? null : new ShellWord(text.substring(equals + 1), word.dynamic(), word.glob());
        this.options.add(new Option(name, true, value));
        return value == null && withValue.contains(name);
    }

    private boolean addShort(ShellWord word, String text, Set<String> withValue) {
        for (int i = 1; i < text.length(); i++) {
            String name = text.substring(i, i + 1);
            boolean takesValue = withValue.contains(name);
            boolean more = i + 1 < text.length();
            if (takesValue && more) {
                this.options.add(
                        new Option(name, false, new ShellWord(text.substring(i + 1), word.dynamic(), word.glob())));
                return false;
            }
            this.options.add(new Option(name, false, null));
            if (takesValue) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the options is given, in full or abbreviated. Names of one letter are short options. */
    boolean has(String... names) {
        for (String name : names) {
            for (Option option : this.options) {
                if (option.is(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a long option begins so, one that git may not know yet included. */
    boolean hasBeginning(String beginning) {
        return this.options.stream()
                .anyMatch(option -> option.isLong() && option.name().startsWith(beginning));
    }

    /** Whether the last word about it says that nothing is done, written so that nobody can take it for another. */
    boolean isDryRun(String shortName) {
        boolean dry = false;
        for (Option option : this.options) {
            dry = dry && !option.name().startsWith("no-d")
                    || option.is(shortName)
                    || option.name().startsWith("dry") && option.is("dry-run");
        }
        return dry;
    }

    boolean asksForHelp() {
        return has("h")
                || this.options.stream().anyMatch(option -> option.name().equals("help"));
    }

    /** The values of an option, in order. */
    List<ShellWord> values(String... names) {
        List<ShellWord> values = new ArrayList<>(1);
        for (Option option : this.options) {
            for (String name : names) {
                if (option.value() != null && option.is(name)) {
                    values.add(option.value());
                    break;
                }
            }
        }
        return values;
    }

    /** Words that are no options, before {@code --}. */
    List<ShellWord> operands() {
        return this.operands;
    }

    /** Words behind {@code --}. */
    List<ShellWord> paths() {
        return this.paths;
    }

    /** Whether there is a {@code --}. */
    boolean isSeparated() {
        return this.separated;
    }

    /** Whether an option is known only at run time. */
    boolean isUncertain() {
        return this.uncertain;
    }

    /** One option; a long one counts abbreviated, even where git would find that ambiguous. */
    private record Option(
            String name, boolean isLong, @Nullable ShellWord value) {

        boolean is(String wanted) {
            if (wanted.length() == 1) {
                return !this.isLong && this.name.equals(wanted);
            }
            return this.isLong && !this.name.isEmpty() && wanted.startsWith(this.name);
        }
    }
}

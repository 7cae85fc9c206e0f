package cloud.enact.analysis.command;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of a command behind its program, options told from operands. */
final class CliWords {

    private static final String SEPARATORS = "-_:./";

    private final List<Operand> operands = new ArrayList<>();

    private final List<String> options = new ArrayList<>();

    private CliWords() {}

    /**
     * Reads the words of a command.
     *
     * @param valued options that take the next word for their value, written with their dashes
     */
    static CliWords of(ShellCommand command, Set<String> valued) {
        CliWords words = new CliWords();
        boolean onlyOperands = false;
        String option = null;
        for (ShellWord word : command.arguments()) {
            String text = word.text();
            if (!onlyOperands && text.equals("--")) {
                onlyOperands = true;
                option = null;
            } else if (!onlyOperands && text.length() > 1 && text.charAt(0) == '-') {
                words.options.add(text);
                option = (text.indexOf('=') < 0) ? text : null;
            } else {
                if (option == null || !takesValue(option, valued)) {
                    words.operands.add(new Operand(word, option != null));
                }
                option = null;
            }
        }
        return words;
    }

    /** A cluster of short options takes a value when its last one does: {@code tar -xzf file}. */
    private static boolean takesValue(String option, Set<String> valued) {
        return valued.contains(option)
                || option.length() > 2
                        && option.charAt(1) != '-'
                        && valued.contains("-" + option.charAt(option.length() - 1));
    }

    List<Operand> operands() {
        return this.operands;
    }

    /** The options as they are written, with dashes and values. */
    List<String> options() {
        return this.options;
    }

    /** The values of an option, joined to it or behind it. */
    static List<ShellWord> values(ShellCommand command, String... names) {
        List<ShellWord> values = new ArrayList<>(1);
        List<ShellWord> words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            ShellWord word = words.get(i);
            for (String name : names) {
                if (word.text().equals(name) && i + 1 < words.size()) {
                    values.add(words.get(i + 1));
                } else if (word.text().startsWith(name) && !word.text().equals(name)) {
                    String rest = word.text().substring(name.length());
                    boolean isLong = name.startsWith("--");
                    if (!isLong && name.length() == 2 || rest.startsWith("=")) {
                        values.add(new ShellWord(
                                rest.startsWith("=") ? rest.substring(1) : rest, word.dynamic(), word.glob()));
                    }
                }
            }
        }
        return values;
    }

    /** Parts of a word, in small letters: {@code delete-user}, {@code db:drop}, {@code deleteSite} have two each. */
    static List<String> parts(String word) {
        List<String> parts = new ArrayList<>(3);
        int start = 0;
        for (int i = 0; i <= word.length(); i++) {
            boolean separator = i == word.length() || SEPARATORS.indexOf(word.charAt(i)) >= 0;
            boolean capital = !separator
                    && i > 0
                    && Character.isUpperCase(word.charAt(i))
                    && Character.isLowerCase(word.charAt(i - 1));
            if (separator || capital) {
                if (i > start) {
                    parts.add(word.substring(start, i).toLowerCase(Locale.ROOT));
                }
                start = separator ? i + 1 : i;
            }
        }
        return parts;
    }

    /**
     * A word that is no option.
     *
     * @param behindOption whether it stands behind an option that nobody here knows, and so may be its value
     */
    record Operand(ShellWord word, boolean behindOption) {

        String text() {
            return this.word.text();
        }
    }
}

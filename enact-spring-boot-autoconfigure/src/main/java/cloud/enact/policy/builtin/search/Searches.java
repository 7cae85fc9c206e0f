package cloud.enact.policy.builtin.search;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.builtin.ArgumentTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds what a call searches for in files, in its arguments and in its command lines. */
final class Searches {

    private static final Set<String> GREPS = Set.of("grep", "rg", "ripgrep", "ack", "ag");

    private static final Set<String> SEARCHES = Set.of("search", "find", "query", "lookup", "scan");

    private static final Set<String> PLACES = Set.of(
            "file files code content contents text repo repository workspace codebase project source".split(" "));

    private static final Set<String> PATTERNS =
            Set.of("pattern patterns regex regexp query search q needle term terms searchterm searchstring expression"
                    .split(" "));

    private static final Set<String> GREP_PROGRAMS = Set.of(
            ("grep egrep fgrep zgrep rgrep pgrep-file rg ripgrep ack ag ugrep findstr select-string sls git-grep "
                            + "awk gawk sed gsed")
                    .split(" "));

    private static final Set<String> VARIABLES = Set.of("env", "printenv", "set", "export", "declare");

    private static final Set<String> VALUED = Set.of(
            "-A",
            "-B",
            "-C",
            "-m",
            "-t",
            "-T",
            "-g",
            "--glob",
            "--type",
            "--include",
            "--exclude",
            "--exclude-dir",
            "-d",
            "-D",
            "--max-count",
            "--context",
            "--after-context",
            "--before-context",
            "-j",
            "--threads",
            "--color",
            "-M",
            "-O",
            "--max-depth",
            "-path",
            "--path",
            "--replace");

    private static final int LONGEST = 64 * 1024;

    private Searches() {}

    /** Whether a tool with such a name searches in files. */
    static boolean areNamedBy(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        return words.hasAny(GREPS) || words.hasAny(SEARCHES) && (words.hasAny(PLACES) || inputs.has(InputName.PATH));
    }

    /** The patterns in the arguments. */
    static List<String> patterns(PolicyInputs inputs) {
        List<String> patterns = new ArrayList<>(1);
        ArgumentTree.visit(inputs, (name, value) -> {
            if (value instanceof String text && PATTERNS.contains(name)) {
                patterns.add(text);
            }
        });
        return patterns;
    }

    /** The patterns of commands that search in files or pick lines out of them. */
    static List<String> commandPatterns(PolicyInputs inputs) {
        List<String> patterns = new ArrayList<>(1);
        for (ShellCommand command : inputs.shell().commands()) {
            String name = command.name().toLowerCase(Locale.ROOT);
            List<ShellWord> words = command.arguments();
            if (name.equals("git")) {
                int grep = command.argv().indexOf("grep");
                // git log --grep searches messages, git log -S what was added
                if (grep == 1 || grep > 1 && command.argv().get(grep - 2).startsWith("-")) {
                    addGrep(patterns, words.subList(grep, words.size()));
                }
                addPickaxe(patterns, words);
            } else if (GREP_PROGRAMS.contains(name)) {
                addGrep(patterns, words);
            }
        }
        return patterns;
    }

    /** The patterns that the variables of an environment are searched for. */
    static List<String> variablePatterns(PolicyInputs inputs) {
        List<String> patterns = new ArrayList<>(0);
        List<ShellCommand> commands = inputs.shell().commands();
        for (List<Integer> pipeline : inputs.shell().pipelines()) {
            boolean variables = false;
            for (int index : pipeline) {
                ShellCommand command = commands.get(index);
                if (variables && GREP_PROGRAMS.contains(command.name())) {
                    addGrep(patterns, command.arguments());
                }
                variables |= VARIABLES.contains(command.name());
            }
        }
        return patterns;
    }

    private static void addPickaxe(List<String> patterns, List<ShellWord> words) {
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            if ((text.equals("-S") || text.equals("-G")) && i + 1 < words.size()) {
                patterns.add(words.get(i + 1).text());
            } else if ((text.startsWith("-S") || text.startsWith("-G")) && text.length() > 2) {
                patterns.add(text.substring(2));
            }
        }
    }

    private static void addGrep(List<String> patterns, List<ShellWord> words) {
        boolean given = false;
        boolean first = true;
        boolean options = true;
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            if (text.length() > LONGEST) {
                text = text.substring(0, LONGEST);
            }
            if (options && text.equals("--")) {
                options = false;
            } else if (options && isPatternOption(text)) {
                given = true;
                if (i + 1 < words.size() && text.indexOf('=') < 0) {
                    patterns.add(words.get(++i).text());
                } else if (text.indexOf('=') >= 0) {
                    patterns.add(text.substring(text.indexOf('=') + 1));
                }
            } else if (options && text.startsWith("-e") && text.length() > 2 && !text.startsWith("-ex")) {
                given = true;
                patterns.add(text.substring(2));
            } else if (options && text.startsWith("-") && text.length() > 1) {
                i += VALUED.contains(text) ? 1 : 0;
            } else if (options
                    && text.startsWith("/")
                    && text.length() <= 3
                    && Character.isLetter(text.charAt(text.length() - 1))) {
                // an option of findstr
                continue;
            } else if (first && !given) {
                first = false;
                patterns.add(text);
            }
        }
    }

    private static boolean isPatternOption(String text) {
        if (text.startsWith("--")) {
            return text.startsWith("--regexp") || text.startsWith("--pattern");
        }
        boolean pattern = text.equalsIgnoreCase("-pattern");
        return pattern
                || text.length() > 1
                        && text.length() < 8
                        && text.charAt(0) == '-'
                        && text.endsWith("e")
                        && text.chars().skip(1).allMatch(Character::isLetter)
                        && !text.equals("-type");
    }
}

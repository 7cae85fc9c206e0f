package cloud.enact.policy.builtin.search;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.SecretFiles;
import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.ActionWords;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.ArgumentTree;
import cloud.enact.policy.builtin.CommandLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Blocks listing and finding files where credentials are kept. */
final class BlockGlobCredentialsDirs extends ArgumentPolicy {

    static final String NAME = "search.block-glob-credentials-dirs";

    static final String HARM = "An agent learns where credentials are, which is the first step to take them.";

    private static final Set<String> FINDERS =
            Set.of("glob list ls find search tree dir walk scan browse locate grep rg ripgrep fd files".split(" "));

    private static final Set<String> PLACES =
            Set.of(("pattern patterns glob globs globpattern include includes includepattern filepattern query name "
                            + "path paths directory dir folder file files root base q")
                    .split(" "));

    private static final Set<String> PROGRAMS = Set.of(
            ("ls ll la dir gci get-childitem find fd fdfind locate mlocate plocate tree exa eza lsd rg ripgrep ag "
                            + "echo printf compgen stat file du realpath readlink git where.exe")
                    .split(" "));

    /** Their words are texts unless they are patterns of file names. */
    private static final Set<String> TALKERS = Set.of("echo", "printf");

    /** Of one file that everybody knows they only show that it is there. */
    private static final Set<String> LISTERS =
            Set.of("ls", "ll", "la", "dir", "stat", "file", "du", "exa", "eza", "lsd", "realpath", "readlink", "git");

    private static final Set<String> STORES = Set.of("credentials", ".credentials", "credential", ".secrets");

    private final String home;

    BlockGlobCredentialsDirs(String home) {
        super(NAME, "Nothing looks where credentials are kept.");
        this.home = home;
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        return words.hasAny(FINDERS) && !words.has("web") || inputs.has(InputName.COMMAND);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        List<String> places = new ArrayList<>();
        if (inputs.named() || inputs.words().hasAny(FINDERS)) {
            ArgumentTree.visit(inputs, (name, value) -> {
                if (value instanceof String text && PLACES.contains(name)) {
                    places.add(text);
                }
            });
        }
        if (inputs.has(InputName.COMMAND)) {
            addCommandPlaces(places, inputs);
        }
        for (String place : places) {
            if (holdsCredentials(place)) {
                return block("Credentials are kept at " + quoted(place) + ". Look inside the source code instead.");
            }
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell what the command looks for. Write it without constructs that hide it.")
                : pass();
    }

    private void addCommandPlaces(List<String> places, PolicyInputs inputs) {
        for (ShellCommand command : inputs.shell().commands()) {
            String name = command.name().toLowerCase(Locale.ROOT);
            if (!PROGRAMS.contains(name)
                    || name.equals("git") && !command.argv().contains("ls-files")) {
                continue;
            }
            boolean excluded = false;
            for (ShellWord word : command.arguments()) {
                String text = word.text();
                // what is left out of a search is not looked for
                boolean option = text.startsWith("-") || text.equals("!");
                boolean look =
                        word.glob() || !TALKERS.contains(name) && !(LISTERS.contains(name) && isEnvironment(text));
                if (!option && !excluded && look) {
                    places.add(text);
                }
                excluded = text.equals("!")
                        || text.equals("-not")
                        || excluded && option && text.startsWith("-")
                        || text.startsWith("--exclude")
                        || text.equals("-I")
                        || text.equals("--ignore")
                        || text.equals("-E");
                if (option && text.indexOf('=') > 0 && !text.contains("exclude") && !text.contains("ignore")) {
                    places.add(text.substring(text.indexOf('=') + 1));
                }
            }
        }
    }

    private boolean isEnvironment(String text) {
        return SecretFiles.kind(text, this.home) == SecretFiles.Kind.ENVIRONMENT;
    }

    private boolean holdsCredentials(String place) {
        if (place.length() > 4096 || place.startsWith("!")) {
            return false;
        }
        for (FilePath path : FilePath.readings(place, this.home)) {
            if (SecretFiles.kind(path) != null || isStore(path)) {
                return true;
            }
        }
        return false;
    }

    /** A directory or a pattern called so; {@code src/credentials/Form.ts} is code. */
    private static boolean isStore(FilePath path) {
        String last = path.last();
        for (String store : STORES) {
            if (last.equals(store)
                    || last.equals(store + "*")
                    || last.equals("*" + store + "*")
                    || path.isBelow(store) && (last.startsWith("*")) && !last.contains(".")) {
                return true;
            }
        }
        return false;
    }
}

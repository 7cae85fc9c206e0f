package cloud.enact.policy.builtin.filesystem;

import cloud.enact.analysis.command.FileAccess;
import cloud.enact.analysis.path.Expansions;
import cloud.enact.analysis.path.FileNames;
import cloud.enact.analysis.path.NameGlob;
import cloud.enact.analysis.path.PathReading;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import cloud.enact.policy.builtin.FilePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Blocks files of given extensions, also with further suffixes behind: {@code server.pem.bak} is still a key. */
final class BlockExtensions extends ArgumentPolicy {

    static final String NAME = "filesystem.block-extensions";

    static final String HARM = "Files of a kind that holds secrets or settings are read or changed.";

    private final List<List<String>> extensions;

    private final String home;

    BlockExtensions(PolicyParameters with, String home) {
        super(NAME, "No file has a blocked extension.");
        this.extensions = with.strings("extensions").stream()
                .map(extension -> parts(with, extension))
                .toList();
        this.home = home;
    }

    private static List<String> parts(PolicyParameters with, String extension) {
        String plain = withoutFirst('.', withoutFirst('*', extension.toLowerCase(Locale.ROOT)));
        if (plain.isEmpty() || plain.indexOf('/') >= 0 || plain.indexOf('*') >= 0) {
            throw with.wrong("extensions", "holds something that is no extension", "Write extensions as .pem or pem.");
        }
        return List.of(plain.split("\\."));
    }

    private static String withoutFirst(char character, String text) {
        return (!text.isEmpty() && text.charAt(0) == character) ? text.substring(1) : text;
    }

    /** {@code env} stands in env.production and in env-production, but not in environment. */
    private static boolean holds(List<String> suffixes, List<String> extension) {
        for (int from = 0; from + extension.size() <= suffixes.size(); from++) {
            int last = from + extension.size() - 1;
            String end = extension.get(extension.size() - 1);
            String suffix = suffixes.get(last);
            boolean ends = suffix.equals(end)
                    || suffix.startsWith(end) && !Character.isLetterOrDigit(suffix.charAt(end.length()));
            if (ends && suffixes.subList(from, last).equals(extension.subList(0, extension.size() - 1))) {
                return true;
            }
        }
        return false;
    }

    /** A tool may take the name for a pattern: {@code .e*} is how some write .env. */
    private static boolean mayMatch(String name, List<String> extension) {
        return NameGlob.isIn(name) && NameGlob.mayEnd(name.toLowerCase(Locale.ROOT), "." + String.join(".", extension));
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return FilePaths.areNamedIn(inputs) || inputs.has(InputName.COMMAND);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (inputs.isOversized(InputName.PATH) || inputs.isOversized(InputName.ENDPOINT)) {
            return block("The path is too long to be a path. Use a shorter one.");
        }
        List<String> paths = new ArrayList<>(FilePaths.in(inputs));
        if (inputs.has(InputName.COMMAND)) {
            for (FileAccess file : inputs.commands().files()) {
                String path = Expansions.masked(file.path().text(), '*');
                // a name of which nothing is known says nothing
                if (FileNames.last(path).chars().anyMatch(Character::isLetterOrDigit)) {
                    paths.add(path);
                }
            }
        }
        for (String path : paths) {
            PathReading reading = PathReading.of(path, this.home);
            List<String> spellings = (reading.problem() != null) ? List.of(path) : reading.spellings();
            for (String spelling : spellings) {
                String name = FileNames.last(spelling);
                List<String> suffixes = FileNames.suffixes(name);
                for (List<String> extension : this.extensions) {
                    if (holds(suffixes, extension) || mayMatch(name, extension)) {
                        return block("Files with the extension '." + String.join(".", extension)
                                + "' are off limits. Do without the file, or ask a maintainer.");
                    }
                }
            }
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell which files the command uses. Write it without constructs that hide it.")
                : pass();
    }
}

package cloud.enact.policy.builtin.filesystem;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.HomeDirectories;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.CommandPaths;
import cloud.enact.policy.builtin.FileUse;
import java.nio.file.Path;
import java.util.List;

/** Keeps calls out of home directories, apart from projects inside them. */
final class DontAccessHomeDir extends FileUsePolicy {

    static final String NAME = "filesystem.dont-access-home-dir";

    static final String HARM = "Keys, histories and private files of people are read or changed.";

    private final String home;

    private final List<List<String>> allowed;

    DontAccessHomeDir(PolicyParameters with, String home) {
        super(NAME, "No home directory is used.");
        this.home = home;
        List<Path> roots = with.has("allow") ? with.paths("allow") : List.of();
        this.allowed = roots.stream()
                .flatMap(root -> FilePath.readings(root.toString(), home).stream())
                .map(FilePath::names)
                .toList();
        if (this.allowed.stream().anyMatch(List::isEmpty)) {
            throw with.wrong("allow", "lets everything pass", "Name directories of projects, or remove the policy.");
        }
    }

    @Override
    boolean objectsTo(FileUse use) {
        return isOff(use.path());
    }

    private boolean isOff(String text) {
        for (FilePath path : FilePath.readings(text, this.home)) {
            if (HomeDirectories.include(path, this.home) && !isAllowed(path.names())) {
                return true;
            }
        }
        return false;
    }

    private boolean isAllowed(List<String> names) {
        return this.allowed.stream()
                .anyMatch(root -> names.size() >= root.size()
                        && names.subList(0, root.size()).equals(root));
    }

    @Override
    String objection(FileUse use) {
        return objection(use.path());
    }

    private static String objection(String path) {
        return "The path " + quoted(path) + " leads into a home directory. Use a path inside the project.";
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        Verdict verdict = super.decide(inputs);
        if (verdict.effect() == Effect.BLOCK) {
            return verdict;
        }
        for (String path : CommandPaths.in(inputs)) {
            if (isOff(path)) {
                return block(objection(path));
            }
        }
        return verdict;
    }
}

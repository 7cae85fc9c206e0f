package cloud.enact.policy.builtin.filesystem;

import cloud.enact.analysis.path.PathRoots;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import cloud.enact.policy.builtin.CommandPaths;
import cloud.enact.policy.builtin.FilePaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps every path of a call inside the allowed directories, with links followed. */
final class RestrictPaths extends ArgumentPolicy {

    static final String NAME = "filesystem.restrict-paths";

    static final String HARM = "Files outside the working directories are read or changed.";

    private static final int MOST_PATHS = 1000;

    private final PathRoots roots;

    private final String instead;

    RestrictPaths(PolicyParameters with, String home) {
        super(NAME, "Every path is inside an allowed directory.");
        List<Path> allowed = with.paths("allowed");
        this.roots = new PathRoots(allowed, home);
        this.instead = allowed.isEmpty()
                ? "No directory is allowed: do without the file."
                : "Use a path below '" + allowed.get(0) + "'.";
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return FilePaths.areNamedIn(inputs) || inputs.has(InputName.COMMAND);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (inputs.isOversized(InputName.PATH) || inputs.isOversized(InputName.ENDPOINT)) {
            return block("The path is too long to be a path. " + this.instead);
        }
        List<String> paths = new ArrayList<>(FilePaths.in(inputs));
        paths.addAll(CommandPaths.in(inputs));
        if (paths.size() > MOST_PATHS) {
            // each of them is looked up on disk
            return block("The call names more than " + MOST_PATHS + " paths. Split it into smaller calls.");
        }
        String objection = this.roots.objectionToAny(paths);
        if (objection != null) {
            return block("The path " + objection + ". " + this.instead);
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell which files the command uses. Write it without constructs that hide it.")
                : pass();
    }
}

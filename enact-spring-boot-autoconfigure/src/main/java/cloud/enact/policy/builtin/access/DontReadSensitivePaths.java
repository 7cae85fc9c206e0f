package cloud.enact.policy.builtin.access;

import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import cloud.enact.policy.builtin.CommandPaths;
import cloud.enact.policy.builtin.FilePaths;
import cloud.enact.policy.builtin.FileUse;
import cloud.enact.policy.builtin.FileUses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Blocks reading of listed files and directories. */
final class DontReadSensitivePaths extends ArgumentPolicy {

    static final String NAME = "access.dont-read-sensitive-paths";

    static final String HARM = "Files that are not meant for agents get into prompts, logs and messages.";

    private final ListedPaths paths;

    DontReadSensitivePaths(PolicyParameters with, String home) {
        super(NAME, "No sensitive path is read.");
        this.paths = new ListedPaths(with, "paths", home);
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return FilePaths.areNamedIn(inputs) || inputs.has(InputName.COMMAND);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (inputs.isOversized(InputName.PATH)
                || FilePaths.areNamedIn(inputs) && inputs.isOversized(InputName.ENDPOINT)) {
            return block("The path is too long to be a path. Use a shorter one.");
        }
        List<FileUse> uses = FileUses.of(inputs);
        Set<String> changed = new HashSet<>();
        for (FileUse use : uses) {
            if (!use.changes()) {
                if (this.paths.hold(use.path(), use.recursive()) || this.paths.hold(use.full(), use.recursive())) {
                    return objection(use.path());
                }
            } else {
                changed.add(use.path());
            }
        }
        for (String path : CommandPaths.in(inputs)) {
            // what an unknown program does with a path, nobody knows
            if (!changed.contains(path) && this.paths.hold(path, false)) {
                return objection(path);
            }
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell which files the command reads. Write it without constructs that hide it.")
                : pass();
    }

    private Verdict objection(String path) {
        return block("The path " + quoted(path) + " is sensitive and must not be read. "
                + "Do without it, or ask somebody who may read it.");
    }
}

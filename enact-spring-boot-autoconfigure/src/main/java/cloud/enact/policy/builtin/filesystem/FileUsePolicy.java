package cloud.enact.policy.builtin.filesystem;

import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.CommandLines;
import cloud.enact.policy.builtin.FilePaths;
import cloud.enact.policy.builtin.FileUse;
import cloud.enact.policy.builtin.FileUses;

/** A policy about some uses of some files, wherever a call names them. */
abstract class FileUsePolicy extends ArgumentPolicy {

    FileUsePolicy(String name, String passReason) {
        super(name, passReason);
    }

    /** What is wrong with using a file so, or {@code null} when nothing is. */
    abstract boolean objectsTo(FileUse use);

    /** What to say of such a file. */
    abstract String objection(FileUse use);

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return FileUses.arePossible(inputs);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        if (FilePaths.areNamedIn(inputs)
                && (inputs.isOversized(InputName.PATH) || inputs.isOversized(InputName.ENDPOINT))) {
            return block("The path is too long to be a path. Use a shorter one.");
        }
        for (FileUse use : FileUses.of(inputs)) {
            if (objectsTo(use)) {
                return block(objection(use));
            }
        }
        return CommandLines.areUnreadable(inputs)
                ? ask("Nobody can tell which files the command uses. Write it without constructs that hide it.")
                : pass();
    }
}

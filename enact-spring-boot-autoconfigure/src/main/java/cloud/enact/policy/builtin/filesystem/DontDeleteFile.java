package cloud.enact.policy.builtin.filesystem;

import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.FilePaths;

/** Blocks any deletion of files or directories. */
final class DontDeleteFile extends ArgumentPolicy {

    static final String NAME = "filesystem.dont-delete-file";

    static final String HARM = "Work that nobody has a copy of is gone.";

    DontDeleteFile() {
        super(NAME, "No file is deleted.");
    }

    @Override
    protected boolean appliesTo(PolicyInputs inputs) {
        return FilePaths.areDeletedBy(inputs);
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        return block("Files must not be deleted. Leave the file, or ask a person to delete it.");
    }
}

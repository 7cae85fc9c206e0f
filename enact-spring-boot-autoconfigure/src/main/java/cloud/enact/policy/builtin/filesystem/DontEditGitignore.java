package cloud.enact.policy.builtin.filesystem;

import cloud.enact.analysis.path.IgnoreFiles;
import cloud.enact.policy.builtin.FileUse;

/** Blocks changes of what git leaves out. */
final class DontEditGitignore extends FileUsePolicy {

    static final String NAME = "filesystem.dont-edit-gitignore";

    static final String HARM = "Files with secrets come under version control, or work silently stays out of it.";

    private final String home;

    DontEditGitignore(String name, String home) {
        super(name, "What git leaves out stays as it is.");
        this.home = home;
    }

    @Override
    boolean objectsTo(FileUse use) {
        return use.changes() && IgnoreFiles.includes(use.path(), this.home);
    }

    @Override
    String objection(FileUse use) {
        return "The file " + quoted(use.path()) + " says what git leaves out and must not be changed. "
                + "Tell a maintainer what should be left out.";
    }
}

package cloud.enact.policy.builtin.filesystem;

import cloud.enact.analysis.path.FilePath;
import cloud.enact.analysis.path.PipelineFiles;
import cloud.enact.policy.builtin.FileUse;

/** Blocks changes of what is built, tested and deployed; reading it is fine. */
final class DontTouchCiCd extends FileUsePolicy {

    static final String NAME = "filesystem.dont-touch-ci-cd";

    static final String HARM = "Whoever changes a pipeline runs commands with its rights and secrets.";

    private final String home;

    DontTouchCiCd(String name, String home) {
        super(name, "No pipeline and no deployment is changed.");
        this.home = home;
    }

    @Override
    boolean objectsTo(FileUse use) {
        if (!use.changes()) {
            return false;
        }
        for (FilePath path : FilePath.readings(use.path(), this.home)) {
            boolean whole = use.kind() == FileUse.Kind.DELETE && use.recursive();
            if (PipelineFiles.includes(path) || whole && PipelineFiles.isAbove(path)) {
                return true;
            }
        }
        return false;
    }

    @Override
    String objection(FileUse use) {
        return "The file " + quoted(use.path()) + " belongs to a pipeline or a deployment and must not be changed. "
                + "Describe the change to a maintainer.";
    }
}

package cloud.enact.policy.builtin.filesystem;

import cloud.enact.analysis.path.SecretFiles;
import cloud.enact.policy.builtin.FileUse;

/** Blocks reading files with the variables of an environment; templates of them may be read. */
final class DontReadEnv extends FileUsePolicy {

    static final String NAME = "filesystem.dont-read-env";

    static final String HARM = "Passwords and tokens of an environment get into prompts, logs and messages.";

    private final String home;

    DontReadEnv(String name, String home) {
        super(name, "No file with secrets of an environment is read.");
        this.home = home;
    }

    @Override
    boolean objectsTo(FileUse use) {
        return use.reads() && SecretFiles.kind(use.full(), this.home) == SecretFiles.Kind.ENVIRONMENT;
    }

    @Override
    String objection(FileUse use) {
        return "The file " + quoted(use.path()) + " holds secrets of an environment and must not be read. "
                + "Read a template such as '.env.example', or ask for the name of the variable.";
    }
}

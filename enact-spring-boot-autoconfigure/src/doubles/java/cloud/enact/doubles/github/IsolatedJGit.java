package cloud.enact.doubles.github;

import java.io.File;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** JGit that neither reads nor writes the git settings of this machine and its user. */
final class IsolatedJGit extends SystemReader.Delegate {

    private IsolatedJGit(SystemReader machine) {
        super(machine);
    }

    static void install() {
        SystemReader reader = SystemReader.getInstance();
        if (!(reader instanceof IsolatedJGit)) {
            SystemReader.setInstance(new IsolatedJGit(reader));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    /** Settings that live in memory only. */
    private static final class NoFile extends FileBasedConfig {

        NoFile(@Nullable Config parent, FS fs) {
            super(parent, new File("none"), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}

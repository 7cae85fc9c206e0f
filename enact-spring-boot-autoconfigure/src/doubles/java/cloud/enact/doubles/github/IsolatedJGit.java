package cloud.enact.doubles.github;

import java.io.File;
import java.nio.file.Path;
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
            // else the first repository waits for seconds until it is known how exact the times of files are
            FS.FileStoreAttributes.setBackground(true);
            // and is measured itself, with files that come and go in it while somebody deletes it
            FS.FileStoreAttributes.get(Path.of(System.getProperty("java.io.tmpdir")));
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

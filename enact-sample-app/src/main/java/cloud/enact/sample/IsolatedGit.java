package cloud.enact.sample;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit away from the configuration of the person who runs the demo: no signing of commits, no hooks, no proxies,
 * and nothing written to the home directory.
 */
final class IsolatedGit extends SystemReader.Delegate {

    private IsolatedGit(SystemReader delegate) {
        super(delegate);
    }

    /** Installs it for this JVM; a second call changes nothing. */
    static void install() {
        SystemReader current = SystemReader.getInstance();
        if (!(current instanceof IsolatedGit)) {
            SystemReader.setInstance(new IsolatedGit(current));
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    /** A configuration without a file. */
    private static final class Nothing extends FileBasedConfig {

        private Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is no file to read
        }

        @Override
        public void save() {
            // what JGit learns about the file system it may learn again
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}

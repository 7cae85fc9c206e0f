package cloud.enact.connector.filesystem.git;

import cloud.enact.connector.filesystem.ContentKeeper;
import cloud.enact.connector.filesystem.Kept;
import cloud.enact.connector.filesystem.KeptFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Has the content of files that are as they were committed: it is in the repository, and stays there while the commit
 * does. What is only staged, or ignored, or in another form there (line ends, filters), is not kept. Thread-safe.
 *
 * <p>Only files of the repository are read, below the root: no program runs, no setting is read, nothing is fetched.
 */
public final class GitContentKeeper implements ContentKeeper {

    /** How much is read and unpacked to look for what is kept at one call. */
    private static final long MOST_FOR_A_CALL = 3L * 1024 * 1024 * 1024;

    /** How much beyond its length is read to open one object: what it differs from, and indexes. */
    private static final long MOST_FOR_AN_OBJECT = 1024L * 1024 * 1024;

    /** Twice what is kept: git packs a file as a difference to a version that may be larger. */
    private static final int MOST_IN_MEMORY = 2 * KeptByGit.LARGEST;

    @Override
    public KeptFiles during(Path root, Collection<Path> changed) {
        return new KeptByGit(root, changed, new Budget(MOST_FOR_A_CALL));
    }

    @Override
    public InputStream open(Path root, Kept kept, long size) throws IOException {
        Path objects = root.resolve(kept.repository()).resolve("objects");
        ObjectStore store = new ObjectStore(objects, new Budget(MOST_FOR_AN_OBJECT + 2 * size), MOST_IN_MEMORY);
        try {
            if (!PlainFile.isDirectory(objects)) {
                throw new IOException("there is no repository any more");
            }
            GitObject object = store.find(kept.object());
            if (object == null) {
                throw new IOException("it is not there any more");
            }
            if (!object.type().equals("blob") || object.size() != size) {
                throw new IOException("what it has there now is something else");
            }
            return new OwningInputStream(object.open(), store);
        } catch (IOException | RuntimeException ex) {
            store.close();
            throw ex;
        }
    }
}

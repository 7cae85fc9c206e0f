package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is kept of the files that one call changes. For one thread. */
public interface KeptFiles {

    /** Nothing is. */
    KeptFiles NONE = new KeptFiles() {

        @Override
        public @Nullable Found find(Path file, long size) {
            return null;
        }

        @Override
        public void release() {}
    };

    /**
     * Looks for something that may be the content of a file.
     *
     * @param file absolute, with links resolved
     * @param size how long its content is, in bytes
     * @return what is kept in its place and is as long, whatever its content; {@code null} when there is nothing, or
     *     any doubt
     */
    @Nullable
    Found find(Path file, long size);

    /** Closes files that are open; what is asked later opens them again. */
    void release();

    /** Something that is kept. */
    interface Found {

        /** Where. */
        Kept place();

        /** Opens its content; fails, or gives whatever is there. */
        InputStream open() throws IOException;

        /** Sees to it that a loss of power takes nothing of it, as it would take nothing of a copy. */
        void force() throws IOException;
    }
}

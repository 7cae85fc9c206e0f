package cloud.enact.connector.filesystem;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a change that somebody else makes, so that it can be told from the work of others. Asked when the
 * outcome of the change was told, by one thread.
 */
public interface OutsideWork {

    /** Nothing is known: whatever is there then is taken for what the change left. */
    OutsideWork OPAQUE = () -> Trace.ANYTHING;

    /** What a change leaves. */
    enum Trace {
        /** Whatever is found. */
        ANYTHING,
        /** A file whose content can be told; anything else was left by others. */
        CONTENT,
        /** Nothing: it was not made. What is found was left by others. */
        NOTHING,
        /** Nobody can tell yet, because it goes on. */
        LATER
    }

    Trace trace();

    /**
     * The content that the change alone leaves; asked for {@link Trace#CONTENT}.
     *
     * @param before what was there, {@code null} for no file
     * @param found what is there now
     * @return {@code null} when nobody can tell
     */
    default @Nullable Left left(@Nullable InputStream before, Found found) throws IOException {
        return null;
    }

    /**
     * Some content.
     *
     * @param sha256 64 hexadecimal digits
     * @param size in bytes
     */
    record Digest(String sha256, long size) {}

    /**
     * What a change left.
     *
     * @param content the content
     * @param on digest of what it was made on, when somebody says that this is not what was captured; believed only when
     *     another change of the same run left that
     */
    record Left(Digest content, @Nullable String on) {}

    /** Content that was found. */
    interface Found {

        Digest digest();

        /**
         * Reads it.
         *
         * @throws IOException also when it is another one by now
         */
        byte[] read() throws IOException;
    }
}

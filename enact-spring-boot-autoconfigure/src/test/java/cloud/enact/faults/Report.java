package cloud.enact.faults;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a worker says: before it tries something, and after it was told that it is done. Each line is one
 * short write to a pipe, which is there as a whole or not at all.
 *
 * @param word what it is about
 * @param values further words
 */
record Report(String word, List<String> values) {

    /** A receipt was acknowledged: log, seq, signature. */
    static final String RECEIPT = "RECEIPT";

    /** A run is about to happen: directory, run id, digest of directories before, digests of every state on the way. */
    static final String TRY = "TRY";

    /** It happened: directory, run id, digest of what is on disk. */
    static final String DONE = "DONE";

    /** A run is about to be rolled back; as {@link #TRY}. */
    static final String UNDO = "UNDO";

    /** It was; as {@link #DONE}. */
    static final String UNDONE = "UNDONE";

    /** Something went wrong that should not have: what. */
    static final String WRONG = "WRONG";

    /** The database went away, and with it whoever says so: what. */
    static final String BROKEN = "BROKEN";

    private static final String END = " .";

    /** Where reports go: what anybody else prints goes to standard error, not between the lines that are read. */
    static FileOutputStream standardOutput() {
        System.setOut(System.err);
        return new FileOutputStream(FileDescriptor.out);
    }

    static void write(FileOutputStream out, String word, String... values) {
        String line = word + " " + String.join(" ", values) + END + "\n";
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Reads a line; {@code null} for one that was cut off. */
    static @Nullable Report read(String line) {
        if (!line.endsWith(END)) {
            return null;
        }
        List<String> words =
                List.of(line.substring(0, line.length() - END.length()).split(" "));
        return new Report(words.get(0), words.subList(1, words.size()));
    }
}

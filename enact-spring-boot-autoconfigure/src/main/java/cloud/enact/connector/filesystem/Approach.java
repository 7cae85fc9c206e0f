package cloud.enact.connector.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * How far down a path directories exist.
 *
 * @param dir the deepest that does, open
 * @param missing the names below it that don't
 * @param modes modes of those that do, from below the root downwards
 */
record Approach(Dir dir, List<String> missing, List<String> modes) implements Closeable {

    Approach {
        missing = List.copyOf(missing);
        modes = List.copyOf(modes);
    }

    @Override
    public void close() throws IOException {
        this.dir.close();
    }
}

package cloud.enact.connector.filesystem.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that closes the file it reads. */
final class Closing extends FilterInputStream {

    private final PlainFile file;

    Closing(InputStream in, PlainFile file) {
        super(in);
        this.file = file;
    }

    @Override
    public void close() throws IOException {
        this.file.close();
    }
}

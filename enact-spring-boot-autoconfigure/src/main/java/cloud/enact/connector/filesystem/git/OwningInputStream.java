package cloud.enact.connector.filesystem.git;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that closes what it comes from as well, because nobody else holds that. */
final class OwningInputStream extends FilterInputStream {

    private final Closeable source;

    OwningInputStream(InputStream in, Closeable source) {
        super(in);
        this.source = source;
    }

    @Override
    public void close() throws IOException {
        try (this.source) {
            super.close();
        }
    }
}

package cloud.enact.receipt.anchor;

import cloud.enact.receipt.AnchorSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file with signed notes in it, whatever else it holds: one of {@link FileCheckpointSink}, or a log. */
public final class AnchorFile implements AnchorSource {

    private final Path file;

    public AnchorFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return this.file.toString();
    }

    @Override
    public void notes(Consumer<String> visitor) throws IOException {
        try (InputStream in = Files.newInputStream(this.file)) {
            read(in, visitor);
        }
    }

    /** Shows every note in a text, in constant memory. */
    public static void read(InputStream text, Consumer<String> visitor) throws IOException {
        new AnchorText(visitor).read(text);
    }
}

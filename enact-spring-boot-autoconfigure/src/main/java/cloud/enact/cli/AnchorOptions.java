package cloud.enact.cli;

import cloud.enact.receipt.AnchorSource;
import cloud.enact.receipt.Anchors;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.anchor.AnchorFile;
import cloud.enact.receipt.anchor.webhook.AnchorAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Options with places outside the store that remember checkpoints. */
final class AnchorOptions {

    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--against",
            paramLabel = "FILE|URL|-",
            description = "Checkpoints that were kept outside the store, in a file (also a log), at an https address or"
                    + " on standard input; may be given several times.")
    private List<String> places = List.of();

    boolean isGiven() {
        return !this.places.isEmpty();
    }

    /** Reads them. */
    Anchors read(CheckpointKeys keys) {
        if (isGiven() && keys.keys().isEmpty()) {
            throw new CommandException("There is no key to check the checkpoints of --against with; name it with"
                    + " --checkpoint-key, or set the variable with the secret it is derived from");
        }
        List<AnchorSource> sources = new ArrayList<>();
        this.places.forEach(place -> sources.add(source(place)));
        return Anchors.read(sources, keys);
    }

    private static AnchorSource source(String place) {
        if (place.equals(STANDARD_INPUT)) {
            return new StandardInput();
        }
        if (place.startsWith("https://") || place.startsWith("http://")) {
            try {
                return new AnchorAddress(URI.create(place));
            } catch (IllegalArgumentException ex) {
                throw new CommandException("--against takes addresses that begin with https");
            }
        }
        try {
            Path file = Path.of(place);
            if (Files.isReadable(file) && !Files.isDirectory(file)) {
                return new AnchorFile(file);
            }
        } catch (InvalidPathException ex) {
            throw new CommandException("The file of --against can't be read");
        }
        throw new CommandException("The file of --against, " + place + ", can't be read");
    }

    private static final class StandardInput implements AnchorSource {

        @Override
        public String name() {
            return "standard input";
        }

        @Override
        public void notes(Consumer<String> visitor) throws IOException {
            InputStream in = System.in;
            AnchorFile.read(in, visitor);
        }
    }
}

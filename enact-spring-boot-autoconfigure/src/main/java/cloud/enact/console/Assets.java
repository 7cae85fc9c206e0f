package cloud.enact.console;

import cloud.enact.action.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Stylesheet, script and icon of the pages, from the jar. Immutable. */
final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "console.css", "text/css;charset=UTF-8",
            "console.js", "text/javascript;charset=UTF-8",
            "icon.svg", "image/svg+xml");

    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    private final String version;

    Assets() {
        StringBuilder digests = new StringBuilder();
        TYPES.keySet().stream().sorted().forEach(name -> {
            byte[] content = read(name);
            this.contents.put(name, content);
            digests.append(Sha256.hex(content));
        });
        this.version =
                HexFormat.of().formatHex(Sha256.of(digests.toString().getBytes(StandardCharsets.US_ASCII)), 0, 6);
    }

    /** Changes with the content, so that browsers may keep what they have. */
    String version() {
        return this.version;
    }

    Reply answer(String name) {
        byte[] content = this.contents.get(name);
        if (content == null) {
            throw ConsoleException.notFound();
        }
        return new Reply(
                200,
                TYPES.getOrDefault(name, ""),
                content,
                Map.of("Cache-Control", "public, max-age=31536000, immutable"));
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
            return Objects.requireNonNull(in, "There is no asset " + name).readAllBytes();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}

package cloud.enact.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pages beside the code, found from wherever a test is started. */
final class DocsFolder {

    private static final Path PAGES = find();

    private DocsFolder() {}

    private static Path find() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("docs/getting-started.md"))) {
                return at.resolve("docs");
            }
        }
        throw new IllegalStateException(
                "There is no docs folder above " + Path.of("").toAbsolutePath());
    }

    static Path page(String name) {
        return PAGES.resolve(name);
    }

    static String read(String name) throws IOException {
        return Files.readString(page(name));
    }
}

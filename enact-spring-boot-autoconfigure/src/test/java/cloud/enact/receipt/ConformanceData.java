package cloud.enact.receipt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the conformance data beside the checkout; a test without it is skipped and says so. */
public final class ConformanceData {

    private ConformanceData() {}

    public static Path folder(String name) {
        String configured = System.getProperty("enact.conformance");
        if (configured != null) {
            Path folder = Path.of(configured, name);
            assumeTrue(Files.isDirectory(folder), () -> "No conformance data in " + folder);
            return folder;
        }
        Path wanted = Path.of("shared", "conformance", name);
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(wanted))) {
                return at.resolve(wanted);
            }
        }
        assumeTrue(false, () -> "No folder " + wanted + " beside or above the checkout; set -Denact.conformance");
        throw new IllegalStateException();
    }
}

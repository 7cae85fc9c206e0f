package cloud.enact.policy.check;

import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.file.PolicyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Policy files and their tests in folders. */
public final class LocalFiles {

    private LocalFiles() {}

    /**
     * The policy files at some places: files themselves, and those in folders.
     *
     * @throws PolicyFileException when one can't be read, or a place holds none
     */
    public static List<PolicyFile> policies(List<Path> places) {
        return places.stream()
                .flatMap(place -> paths(place, PolicyFiles::isPolicyFile, "policy file").stream())
                .distinct()
                .map(LocalFiles::read)
                .toList();
    }

    /** The test files in a folder, or the file itself. */
    static List<Path> tests(Path place) {
        return paths(place, PolicyFiles::isTestFile, "test file of policies (_test.yaml)");
    }

    static List<Path> paths(Path place, Predicate<String> wanted, String what) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> children = Files.list(place)) {
            List<Path> found = children.filter(Files::isRegularFile)
                    .filter(path -> wanted.test(path.getFileName().toString()))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new PolicyFileException(
                        place.toString(), 0, "the folder holds no " + what, "Name another folder, or a file.");
            }
            return found;
        } catch (IOException ex) {
            throw new PolicyFileException(place.toString(), 0, "the folder can't be read", "Check its permissions.");
        }
    }

    static PolicyFile read(Path path) {
        try (InputStream content = Files.newInputStream(path)) {
            return PolicyFiles.open(path.toString(), content);
        } catch (IOException ex) {
            throw new PolicyFileException(
                    path.toString(),
                    0,
                    "there is no such file, or it can't be read",
                    "Check its name and permissions.");
        }
    }
}

package cloud.enact.policy.check;

import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.file.PolicyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Runs test files of policies, for example as dynamic tests of JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> policies() {
 *     return PolicyTests.in(Path.of("policies")).map(test -> dynamicTest(test.name(), test::run));
 * }
 * }</pre>
 */
public final class PolicyTests {

    private PolicyTests() {}

    /**
     * The tests of a file, or of all {@code *_test.yaml} files of a folder, with what Enact brings along.
     *
     * @throws PolicyFileException when a file is not valid
     */
    public static Stream<PolicyTest> in(Path place) {
        return in(place, PolicyToolbox.standard());
    }

    /** The tests of a file or folder, with policies of your own. */
    public static Stream<PolicyTest> in(Path place, PolicyToolbox toolbox) {
        return LocalFiles.tests(place).stream().flatMap(file -> PolicyTestFile.read(file, toolbox).stream());
    }

    /**
     * The tests of a test file, of all test files of a folder, or of the test file beside a policy file.
     *
     * @throws PolicyFileException when a file is not valid, or a policy file has no tests
     */
    public static Stream<PolicyTest> of(Path place, PolicyToolbox toolbox) {
        String name = String.valueOf(place.getFileName());
        int dot = name.lastIndexOf('.');
        if (Files.isDirectory(place) || dot < 0 || PolicyFiles.isTestFile(name)) {
            return in(place, toolbox);
        }
        Path tests = place.resolveSibling(name.substring(0, dot) + "_test" + name.substring(dot));
        if (!Files.exists(tests)) {
            throw new PolicyFileException(
                    place.toString(), 0, "there are no tests of it", "Write them in " + tests.getFileName() + ".");
        }
        return in(tests, toolbox);
    }
}

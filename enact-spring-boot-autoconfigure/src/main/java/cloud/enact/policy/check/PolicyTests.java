package cloud.enact.policy.check;

import cloud.enact.policy.PolicyFileException;
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
}

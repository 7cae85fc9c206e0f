package cloud.enact.policy.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.enact.policy.Effect;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.cerbos.CerbosPolicyFiles;
import cloud.enact.policy.cerbos.CerbosSettings;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** CEL beside the protobuf-java that Spring Boot 4.1.0 manages, which is older than what CEL was generated with. */
class OldProtobufTests {

    private static final Path OLD = Path.of("target", "old-protobuf", "old-protobuf.jar");

    @Test
    void whatIsTooOldIsNamedWithThePropertyThatChangesIt() throws Exception {
        assumeThat(OLD).as("copied there by the build").exists();

        List<String> attempts = attempt(OLD);

        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(attempt)
                        .startsWith("enact.policies[0]: ")
                        .contains("CEL can't be loaded")
                        .contains("<protobuf-java.version>" + current() + "</protobuf-java.version>"));
        assertThat(attempts.get(0)).contains("Detected incompatible Protobuf Gencode/Runtime versions");
    }

    @Test
    void filesWithExpressionsSayTheSame() throws Exception {
        assumeThat(OLD).as("copied there by the build").exists();

        assertThat(attempt(OLD, FileAttempt.class))
                .allSatisfy(attempt -> assertThat(attempt)
                        .startsWith("billing.yaml: ")
                        .contains("<protobuf-java.version>" + current() + "</protobuf-java.version>"));
    }

    @Test
    void theProtobufThatEnactIsBuiltWithIsNewEnough() throws Exception {
        assertThat(attempt(Path.of("none.jar"))).containsOnly("fine");
        assertThat(attempt(Path.of("none.jar"), FileAttempt.class)).containsOnly("fine");
    }

    private static List<String> attempt(Path first) throws Exception {
        return attempt(first, Attempt.class);
    }

    /** Compiles an expression twice where classes of that jar come first: the second failure of a class is another. */
    private static List<String> attempt(Path first, Class<?> type) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(urls(first), ClassLoader.getPlatformClassLoader())) {
            Callable<?> attempt = (Callable<?>)
                    loader.loadClass(type.getName()).getDeclaredConstructor().newInstance();
            return List.of(String.valueOf(attempt.call()), String.valueOf(attempt.call()));
        }
    }

    private static URL[] urls(Path first) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(first.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static String current() {
        String jar = Path.of(com.google.protobuf.Message.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getFileName()
                .toString();
        return jar.substring("protobuf-java-".length(), jar.length() - ".jar".length());
    }

    /** Loaded a second time, by a class loader of its own. */
    public static final class Attempt implements Callable<String> {

        @Override
        public String call() {
            try {
                new CelExpressionCompiler()
                        .compile("name", Effect.BLOCK, "args.amount > 1", "", OnError.BLOCK, "enact.policies[0]");
                return "fine";
            } catch (PolicyConfigurationException ex) {
                return ex.getDescription() + "\n" + ex.getAction();
            }
        }
    }

    /** The same with a file in the format of Cerbos. */
    public static final class FileAttempt implements Callable<String> {

        @Override
        public String call() {
            String policy = """
                    apiVersion: api.cerbos.dev/v1
                    resourcePolicy: {resource: billing, version: default}
                    """;
            try {
                new CerbosPolicyFiles(CerbosSettings.defaults()).read(List.of(new PolicyFile("billing.yaml", policy)));
                return "fine";
            } catch (PolicyConfigurationException ex) {
                return ex.getDescription() + "\n" + ex.getAction();
            }
        }
    }
}

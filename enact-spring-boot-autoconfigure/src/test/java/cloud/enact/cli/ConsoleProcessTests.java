package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a JVM of its own, with what the shipped command line has. */
class ConsoleProcessTests {

    private static final List<String> SHIPPED =
            List.of("picocli", "jackson-", "jmustache", "spring-core", "commons-logging", "jspecify", "sqlite-jdbc");

    @TempDir
    private Path folder;

    @Test
    void itNeedsNoWebServerAndNoContainer() throws Exception {
        Path store;
        try (Workshop workshop = new Workshop(this.folder)) {
            workshop.publishes("notes.publish");
            store = workshop.file;
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                EnactCli.class.getName(),
                "console",
                "--store",
                store.toString(),
                "--port",
                "0");
        builder.environment().put("ENACT_SECRET", Workshop.SECRET);
        builder.redirectErrorStream(true);

        try (ServedConsole console = ServedConsole.of(builder.start())) {
            assertThat(console.get("/receipts").body()).contains("notes.publish", "signatures are valid");
            console.signIn();
            assertThat(console.get("/integrity").body()).contains("console-operator");
        }
    }

    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> Files.isDirectory(Path.of(entry))
                        || SHIPPED.stream()
                                .anyMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }
}

package cloud.enact.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the sample as its main method does, with its receipts in a directory of the test. */
final class SampleStart {

    /** For all tests, so that the programs of the database server are unpacked once. */
    static final Path DATA = Path.of("target", "demo-data").toAbsolutePath();

    private SampleStart() {}

    static ConfigurableApplicationContext in(Path directory, String... more) {
        IsolatedGit.install();
        List<String> arguments = new ArrayList<>(List.of(
                "--demo.data-dir=" + DATA,
                "--enact.receipts.file=" + directory.resolve("enact.db"),
                "--server.port=0"));
        String server = System.getProperty("enact.test.postgres.url", "");
        if (!server.isBlank()) {
            arguments.add("--demo.postgres-url=" + server);
        }
        arguments.addAll(List.of(more));
        return SpringApplication.run(EnactSampleApplication.class, arguments.toArray(String[]::new));
    }
}

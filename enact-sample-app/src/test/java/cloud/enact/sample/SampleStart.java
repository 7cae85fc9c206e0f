package cloud.enact.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the sample as its main method does, with its data in a directory of the test. */
final class SampleStart {

    private SampleStart() {}

    static ConfigurableApplicationContext in(Path directory, String... more) {
        IsolatedGit.install();
        List<String> arguments = new ArrayList<>(List.of(
                "--demo.data-dir=" + directory,
                "--enact.receipts.file=" + directory.resolve("enact.db"),
                "--server.port=0"));
        arguments.addAll(List.of(more));
        return SpringApplication.run(EnactSampleApplication.class, arguments.toArray(String[]::new));
    }
}

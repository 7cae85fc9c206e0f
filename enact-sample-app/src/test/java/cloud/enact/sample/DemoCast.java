package cloud.enact.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records the demo as an asciicast, version 2: starts it in a JVM of its own and notes when each line appears.
 */
final class DemoCast {

    private static final String COMMAND = "java -jar enact-sample-app.jar --demo.exit=true";

    /** Between two lines, so that people can read along. */
    private static final String PAUSE = "150ms";

    private static final int WIDTH = 104;

    private static final int HEIGHT = 60;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> lines = new ArrayList<>();

    private DemoCast() {}

    static Path file() {
        return ReadmeBlock.root().resolve("docs/demo.cast");
    }

    /** What the recording shows of the demo, without times. */
    static String read() throws IOException {
        StringBuilder shown = new StringBuilder();
        List<String> recorded = Files.readAllLines(file());
        for (String line : recorded.subList(2, recorded.size())) {
            shown.append(JSON.readTree(line).get(2).asString().replace("\r\n", "\n"));
        }
        return shown.toString();
    }

    /**
     * Records the demo.
     *
     * @param receipts an empty directory for its receipts
     */
    static void record(Path receipts) throws IOException, InterruptedException {
        DemoCast cast = new DemoCast();
        int status = cast.play(receipts);
        if (status != 0) {
            throw new IllegalStateException("The demo ended with status " + status + "; nothing was recorded");
        }
        Files.write(file(), cast.lines);
    }

    private int play(Path receipts) throws IOException, InterruptedException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("version", 2);
        header.put("width", WIDTH);
        header.put("height", HEIGHT);
        header.put("title", "Enact for Spring: seven acts");
        header.put("idle_time_limit", 1.5);
        this.lines.add(JSON.writeValueAsString(header));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EnactSampleApplication.class.getName(),
                "--demo.data-dir=" + SampleStart.DATA,
                "--enact.receipts.file=" + receipts.resolve("enact.db"),
                "--demo.exit=true",
                "--demo.pause=" + PAUSE);
        long start = System.nanoTime();
        event(start, "$ " + COMMAND);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                event(start, line);
            }
        }
        return process.waitFor();
    }

    private void event(long start, String line) {
        double seconds = (System.nanoTime() - start) / 1e9;
        String time = String.format(Locale.ROOT, "%.6f", seconds);
        this.lines.add("[" + time + ", \"o\", " + JSON.writeValueAsString(line + "\r\n") + "]");
    }
}

package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.doubles.http.JsonApi;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page about the HTTP connector works as it stands, in an empty folder, for an agent that knows nothing of it. */
class HttpConnectorPageTests {

    private static final String PAGE = "http-connector.md";

    private static final String TOKEN = "tok-0123456789";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    @Test
    @Timeout(180)
    void theFilesOfThePageGovernAnApiAndItsCommandsUndoWhatWasDone() throws Exception {
        List<String> yaml = Snippets.of(PAGE, "yaml");
        List<JsonNode> json =
                Snippets.of(PAGE, "json").stream().map(JSON::readTree).toList();
        List<String> shell = Snippets.of(PAGE, "shell");
        Files.writeString(this.folder.resolve("bookings.yaml"), yaml.get(0));
        Files.writeString(this.folder.resolve("application.yml"), yaml.get(1));
        Files.writeString(this.folder.resolve("calls.jsonl"), json.get(0) + "\n" + json.get(2) + "\n");
        try (JsonApi api = new JsonApi(TOKEN)) {
            String before = api.state();
            Process agent = agent(api);
            try {
                List<String> lines = untilPort(agent);
                List<String> answers = lines.stream()
                        .filter(line -> line.startsWith("ANSWER "))
                        .map(line -> line.substring(7))
                        .toList();
                assertThat(answers).as("output of the agent: %s", lines).hasSize(2);
                assertThat(JSON.readTree(answers.get(0))).isEqualTo(json.get(1));
                assertThat(answers.get(1)).contains("BLOCK", "small-meetings-only", "booked by the reception");
                assertThat(api.get("bookings", "101")).contains("Retrospective");
                assertThat(api.get("bookings", "102")).isNull();

                String port = lines.get(lines.size() - 1).substring(5);
                JsonNode receipts = JSON.readTree(run(shell.get(0), port, ""));
                assertThat(receipts.toString())
                        .contains("small-meetings-only", "bookings.book_room")
                        .doesNotContain(TOKEN);

                String rollback = run(shell.get(1), port, runOf(receipts));

                assertThat(JSON.readTree(rollback).get("result").asString()).isEqualTo("ROLLED_BACK");
                assertThat(rollback).contains("\"RESTORED\"").doesNotContain(TOKEN);
                assertThat(api.state()).isEqualTo(before);
            } finally {
                agent.destroy();
                agent.waitFor();
            }
        }
        try (var files = Files.walk(this.folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(TOKEN));
        }
    }

    private Process agent(JsonApi api) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        PageAgent.class.getName(),
                        "--server.port=0",
                        "--server.address=127.0.0.1")
                .directory(this.folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("ENACT_SECRET", "a-secret-for-tests-that-is-long-enough");
        builder.environment().put("BOOKINGS_URL", api.url().toString());
        builder.environment().put("BOOKINGS_TOKEN", TOKEN);
        return builder.start();
    }

    /** What the page's reader has: without the login that other tests bring along. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().contains("security"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> untilPort(Process agent) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = agent.inputReader();
        String line = reader.readLine();
        while (line != null) {
            lines.add(line);
            if (line.startsWith("PORT ")) {
                return lines;
            }
            line = reader.readLine();
        }
        throw new AssertionError("The agent ended: " + String.join("\n", lines));
    }

    /** The run of the call that was let through. */
    private static String runOf(JsonNode receipts) {
        for (JsonNode receipt : receipts.get("receipts")) {
            if (receipt.get("kind").asString().equals("COMPLETED")) {
                return receipt.get("run_id").asString();
            }
        }
        throw new AssertionError("No call was completed: " + receipts);
    }

    private String run(String command, String port, String run) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "-c", command.replace("localhost:8080", "127.0.0.1:" + port))
                .directory(this.folder.toFile());
        builder.environment().put("RUN", run);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return output;
    }
}

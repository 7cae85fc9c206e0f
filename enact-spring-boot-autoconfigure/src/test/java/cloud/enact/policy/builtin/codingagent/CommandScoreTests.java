package cloud.enact.policy.builtin.codingagent;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ConformanceData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How well the pack for coding agents tells hazards from daily work, on a public corpus and on a set of our own. */
class CommandScoreTests {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void coreOfThePublicCorpusIsStoppedAndItsSafeCommandsPass() throws IOException {
        Path folder = ConformanceData.folder("commands-dcg");
        Set<String> contested = new HashSet<>();
        for (JsonNode row : rows(folder.resolve("contested.jsonl"))) {
            contested.add(row.get("id").asString());
        }
        CommandScore core = new CommandScore();
        CommandScore products = new CommandScore();
        CommandScore disputed = new CommandScore();
        for (JsonNode row : rows(folder.resolve("commands.jsonl"))) {
            String group = row.get("class").asString();
            boolean product = group.startsWith("pack/") || group.startsWith("scenario/");
            CommandScore score = contested.contains(row.get("id").asString()) ? disputed : product ? products : core;
            score.add(
                    group,
                    row.get("command").asString(),
                    row.get("expect").asString().equals("deny"));
        }

        System.out.println(core.report("Core classes without contested rows"));
        System.out.println(products.report("Products"));
        System.out.println(disputed.report("Contested rows"));
        assertThat(core.failures()).isEmpty();
        assertThat(products.failures()).isEmpty();
        assertThat(disputed.failures()).isEmpty();
        assertThat(core.stopped()).as("hazards stopped").isGreaterThanOrEqualTo(0.98);
        assertThat(core.refused()).as("safe commands refused").isLessThanOrEqualTo(0.01);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-2", "-3", "-4"})
    void hazardsOfOurOwnAreStoppedAndDailyWorkPasses(String set) throws IOException {
        CommandScore score = new CommandScore();
        add(score, "hazards" + set + ".txt", true);
        add(score, "benign" + set + ".txt", false);

        System.out.println(score.report("Our own set" + set));
        assertThat(score.failures()).isEmpty();
        assertThat(score.stopped()).as("hazards stopped").isGreaterThanOrEqualTo(0.98);
        assertThat(score.refused()).as("daily work refused").isLessThanOrEqualTo(0.01);
    }

    private static void add(CommandScore score, String file, boolean hazard) throws IOException {
        try (InputStream content =
                CommandScoreTests.class.getResourceAsStream("/cloud/enact/policy/codingagent/" + file)) {
            assertThat(content).isNotNull();
            String group = "";
            for (String line : new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("## ")) {
                    group = line.substring(3);
                } else if (!line.startsWith("#") && !line.isBlank()) {
                    score.add(group, line.replace("\\n", "\n"), hazard);
                }
            }
        }
    }

    private List<JsonNode> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(this.json::readTree)
                .toList();
    }
}

package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/demo.cast} is a recording; what it shows is held by {@link DemoTests}. */
class DemoCastTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @BeforeAll
    static void recordAnewWhenAskedTo(@TempDir Path receipts) throws Exception {
        if (Boolean.getBoolean("enact.docs.rewrite")) {
            DemoCast.record(receipts);
        }
    }

    @Test
    void theRecordingIsAnAsciicastOfVersionTwo() throws IOException {
        List<String> lines = Files.readAllLines(DemoCast.file());

        JsonNode header = JSON.readTree(lines.get(0));
        assertThat(header.get("version").asInt()).isEqualTo(2);
        assertThat(header.get("width").asInt()).isPositive();
        assertThat(header.get("height").asInt()).isPositive();
        double last = 0;
        for (String line : lines.subList(1, lines.size())) {
            JsonNode event = JSON.readTree(line);
            assertThat(event.get(0).asDouble()).isGreaterThanOrEqualTo(last);
            assertThat(event.get(1).asString()).isEqualTo("o");
            last = event.get(0).asDouble();
        }
    }
}

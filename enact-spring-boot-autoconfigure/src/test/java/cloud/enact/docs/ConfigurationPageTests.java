package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/configuration.md} says what the configuration metadata of the jar says. */
class ConfigurationPageTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void thePageListsEveryPropertyWithItsDefaultAndDescription() throws IOException {
        new GeneratedPart("configuration.md").mustBe(page(metadata()));
    }

    @Test
    void thePageNamesEveryKeyOfAPolicy() throws Exception {
        List<String> keys = Arrays.stream(Class.forName("cloud.enact.autoconfigure.EnactProperties$PolicyEntry")
                        .getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT))
                .toList();

        String page = DocsFolder.read("configuration.md");

        assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(page).contains("| `" + key + "` |"));
    }

    @Test
    void everyPropertyHasADescription() throws IOException {
        for (JsonNode property : metadata().get("properties")) {
            assertThat(property.path("description").asString(""))
                    .as(property.get("name").asString())
                    .isNotBlank();
        }
    }

    private static JsonNode metadata() throws IOException {
        for (URL url : Collections.list(ConfigurationPageTests.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            JsonNode metadata;
            try (var in = url.openStream()) {
                metadata = JSON.readTree(in);
            }
            for (JsonNode property : metadata.path("properties")) {
                if (property.get("name").asString().equals("enact.mode")) {
                    return metadata;
                }
            }
        }
        throw new IllegalStateException("No configuration metadata of Enact on the class path");
    }

    private static String page(JsonNode metadata) {
        Map<String, List<JsonNode>> groups = new TreeMap<>();
        for (JsonNode property : metadata.get("properties")) {
            groups.computeIfAbsent(group(property), group -> new ArrayList<>()).add(property);
        }
        StringBuilder page = new StringBuilder();
        groups.forEach((group, properties) -> {
            page.append("\n### `").append(group).append("`\n\n");
            page.append("| property | type | default | what it does |\n| --- | --- | --- | --- |\n");
            properties.stream()
                    .sorted(java.util.Comparator.comparing(
                            property -> property.get("name").asString()))
                    .forEach(property -> row(page, property));
        });
        return page.append('\n').toString();
    }

    private static String group(JsonNode property) {
        String name = property.get("name").asString();
        String[] parts = name.split("\\.");
        return (parts.length > 2 && !parts[0].equals("management")) ? parts[0] + "." + parts[1] : parts[0];
    }

    private static void row(StringBuilder page, JsonNode property) {
        page.append("| `")
                .append(property.get("name").asString())
                .append("` | ")
                .append(type(property.path("type").asString("")))
                .append(" | ")
                .append(value(property.path("defaultValue")))
                .append(" | ")
                .append(property.path("description").asString("").replace("|", "\\|"))
                .append(" |\n");
    }

    private static String type(String type) {
        return "`" + type.replaceAll("[a-zA-Z_]+\\.", "").replaceAll("[A-Za-z]+\\$", "") + "`";
    }

    private static String value(JsonNode value) {
        if (value.isMissingNode() || value.isNull() || (value.isArray() && value.isEmpty())) {
            return "";
        }
        return "`" + (value.isValueNode() ? value.asString() : value.toString()) + "`";
    }
}

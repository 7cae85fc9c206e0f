package cloud.enact.connector.github;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An issue or pull request that was opened.
 *
 * @param number its number
 * @param url where people see it
 */
record Opened(int number, String url) {

    static Opened of(JsonNode thread) {
        return new Opened(
                thread.path("number").asInt(0), thread.path("html_url").asString(""));
    }

    static @Nullable Opened ofNullable(@Nullable JsonNode thread) {
        return (thread != null) ? of(thread) : null;
    }

    Map<String, @Nullable Object> output() {
        return Map.of("number", this.number, "url", this.url);
    }
}

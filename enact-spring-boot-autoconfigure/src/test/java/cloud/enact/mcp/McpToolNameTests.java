package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class McpToolNameTests {

    @Test
    void usualNamesStandAsTheyAre() {
        assertThat(McpToolName.of("github", "get_issue")).isEqualTo("mcp.github.get_issue");
        assertThat(McpToolName.of("my-server", "crm.delete")).isEqualTo("mcp.my-server.crm.delete");
    }

    @Test
    void toolsThatDifferInUnusualCharactersDoNotShareAName() {
        List<String> tools = List.of(
                "a b",
                "a_b",
                "a\tb",
                "a\u00adb",
                "a\u0435b",
                "\u0430_b",
                ".a_b",
                "_a_b",
                "a\ud800b",
                "a\ud801b",
                "a\udc00b",
                "a?b");

        assertThat(tools.stream().map(tool -> McpToolName.of("github", tool))).doesNotHaveDuplicates();
    }

    @Test
    void halvesOfCharactersDoNotPassForTheCharactersTheirBytesWouldBe() {
        assertThat(McpToolName.of("github", "\ud880")).isNotEqualTo(McpToolName.of("github", "\u0600"));
    }

    @Test
    void toolsThatDifferBehindTheLongestNameDoNotShareAName() {
        String longest = "x".repeat(200);

        assertThat(McpToolName.of("github", longest + "1")).isNotEqualTo(McpToolName.of("github", longest + "2"));
        assertThat(McpToolName.of(longest + "1", "t")).isNotEqualTo(McpToolName.of(longest + "2", "t"));
    }

    @Test
    void noToolCanBeNamedLikeWhatBecomesOfAnotherOne() {
        String changed = McpToolName.of("github", "a b");
        String chosen = changed.substring("mcp.github.".length());

        assertThat(McpToolName.of("github", chosen)).isNotEqualTo(changed);
    }

    @Test
    void noConnectionPassesForAnother() {
        assertThat(McpToolName.of("git.hub", "x"))
                .isNotEqualTo(McpToolName.of("git_hub", "x"))
                .isNotEqualTo(McpToolName.of("git", "hub.x"));
        assertThat(McpToolName.of("", "x")).startsWith("mcp.-x");
    }

    @Property
    void everyNameIsOneOfAnActionAndTellsItsConnection(@ForAll String connection, @ForAll String tool) {
        assertThat(McpToolName.of(connection, tool)).matches("mcp\\.[A-Za-z0-9_-]{1,48}\\.[A-Za-z0-9_.-]{1,74}");
    }
}

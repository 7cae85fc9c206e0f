package cloud.enact.hook.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The directory that the agent works in is where the paths of its commands begin. */
@CodingAgentHooks
class HookDirectoryTests {

    private final HookClient client;

    HookDirectoryTests(@LocalServerPort int port) {
        this.client = new HookClient(port, HookApplication.TOKEN);
    }

    @Test
    void whatACommandTouchesIsJudgedByWhereItLeads() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : CodingAgentHooks.Data.lines("directories.txt")) {
            String[] row = line.split(" ", 3);
            Map<String, Object> answer = this.client.beforeCommand(row[1], row[2]);
            String expected = HookClient.decision(answer).equals("none") ? "pass" : "stop";
            if (!row[0].equals(expected)) {
                wrong.add(line + "  " + HookClient.reason(answer));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void filesOfToolsBeginThereAsWell() {
        Map<String, Object> request = HookClient.request(
                "PreToolUse", "s", "relative", "Grep", Map.of("pattern", "key", "path", "credentials"));
        request.put("cwd", "/home/dev/.aws");

        assertThat(HookClient.decision(this.client.post(HookClient.JSON.writeValueAsBytes(request))))
                .isEqualTo("deny");
    }

    @Test
    void toolsOfServersWorkWhereNobodyTells() {
        Map<String, Object> request =
                HookClient.request("PreToolUse", "s", "server", "mcp__build__run", Map.of("command", "rm -rf build"));
        request.put("cwd", "/home/dev/web");

        assertThat(HookClient.decision(this.client.post(HookClient.JSON.writeValueAsBytes(request))))
                .isEqualTo("ask");
    }
}

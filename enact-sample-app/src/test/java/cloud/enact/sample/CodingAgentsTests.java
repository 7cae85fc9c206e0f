package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The sample as the guard of a coding agent. */
class CodingAgentsTests {

    private static final String TOKEN = "token-of-the-developer-0123456789";

    @TempDir
    Path data;

    @Test
    void theProfileAnswersHooksWithThePackAndTheTablesThatAreConfigured() throws Exception {
        try (ConfigurableApplicationContext context = SampleStart.in(
                this.data,
                "--spring.profiles.active=coding-agents",
                "--ENACT_HOOK_TOKEN=" + TOKEN,
                "--enact.policies[0].policy=db.protect-tables",
                "--enact.policies[0].with.tables=users,audit_log")) {
            context.getBean(Demo.class).run();
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            assertThat(ask(port, "npm test")).isEqualTo("{}");
            assertThat(ask(port, "terraform destroy")).contains("\"deny\"", "\"hookEventName\":\"PreToolUse\"");
            assertThat(ask(port, "psql -c 'UPDATE audit_log SET a = 1 WHERE id = 1'"))
                    .contains("\"deny\"", "audit_log");
            assertThat(ask(port, "rm -rf src")).contains("\"ask\"");
        }
    }

    private static String ask(int port, String command) throws Exception {
        String body = """
                {"session_id": "s", "cwd": "/home/dev/web", "hook_event_name": "PreToolUse", "tool_name": "Bash",
                 "tool_use_id": "t", "tool_input": {"command": "%s"}}""".formatted(command);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/enact/hooks/claude-code"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}

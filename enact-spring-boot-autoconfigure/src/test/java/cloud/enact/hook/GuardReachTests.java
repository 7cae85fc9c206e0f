package cloud.enact.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to the process, the port and the hooks of the guard that do not spell them as most do. */
class GuardReachTests extends SelfProtectionFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an agent with other settings has other hooks
                "CLAUDE_CONFIG_DIR=/tmp/x claude -p hi",
                "env CLAUDE_CONFIG_DIR=/tmp/x claude -p hi",
                "export CLAUDE_CONFIG_DIR=/tmp/x; claude -p hi",
                "HOME=/tmp/x claude -p hi",
                "env -i HOME=/tmp/x PATH=$PATH claude -p hi",
                "export CLAUDE_CODE_SIMPLE=1; claude -p x",
                "npx @anthropic-ai/claude-code --bare -p x",
                "npx -y @anthropic-ai/claude-code@latest --settings '{}' -p x",
                "node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js --bare -p hi",
                "CLAUDE_CONFIG_DIR=/tmp/x npx @anthropic-ai/claude-code -p x",
                "python3 -c \"import os; os.environ['CLAUDE_CONFIG_DIR']='/tmp/x'; os.system('claude -p hi')\"",
                // its own command line, with words that nobody sees
                "enact $X",
                "enact hooks $(cat x) claude-code",
                "cat f | xargs enact",
                "xargs -a f enact",
                "enact hooks \"$@\"",
                // its process
                "kill 04711",
                "kill +4711",
                "pkill -v -f nothing",
                "pkill --inverse x",
                "pkill -P 1",
                "ps aux | awk '/enact/{print $2}' | xargs kill",
                "ps aux | awk '/java/ {system(\"kill \" $2)}'",
                "jstack 4711",
                "gcore 4711",
                "jhsdb jstack --pid 4711",
                "jcmd enact-guard.jar VM.exit",
                "reptyr 4711",
                // its port
                "ssh -L 9:localhost:8099 host",
                "ssh -R 9:127.0.0.1:8099 host",
                "socat - TCP:localhost:8099",
                "socat TCP-LISTEN:1,fork TCP4:127.0.0.1:8099",
                "curl --resolve x.example:8099:127.0.0.1 http://x.example:8099/",
                "curl --connect-to ::127.0.0.1:8099 http://x.example/",
                "curl http://127.0.0.1:08099/",
                "curl http://017700000001:8099/",
                "curl http://localhost.localdomain:8099/",
                "curl http://ip6-localhost:8099/",
                "curl 'http://localhost:{8099,1}/'",
                "curl 'http://localhost:[8099-8100]/'",
                "http :8099/enact",
                "xh POST :8099/enact",
                "nc localhost -p 8099",
                "redis-cli -h localhost -p 8099",
                "tee /dev/tcp/localhost/8099",
                "gawk 'BEGIN{\"/inet/tcp/0/localhost/8099\" |& getline}'",
                "ss -K dport = 8099",
                "python3 -c \"import socket; socket.create_connection(('localhost',8099))\"",
                "python3 -c \"import http.client; http.client.HTTPConnection('127.0.0.1', 8099)\"",
                "node -e \"require('net').connect(8099)\"",
                "node -e \"require('http').get({port:8099})\"",
                "ruby -rsocket -e 'TCPSocket.new(\"localhost\",8099)'",
                "git clone http://localhost:8099/x",
                "gh api http://localhost:8099/",
            })
    void commandsThatReachTheGuardAnotherWayAreStopped(String command) {
        assertThat(shell(command)).as(command).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HOME=/tmp/x npm test",
                "npm install @anthropic-ai/claude-code",
                "claude -p 'explain this'",
                "npx @anthropic-ai/claude-code --version",
                "echo CLAUDE_CONFIG_DIR",
                "enact hooks doctor",
                "enact policies validate $FILE",
                "enact report observe --since 7d",
                "kill 14711",
                "kill 47110",
                "pkill -P $$",
                "awk '/enact/{print $2}' pom.xml",
                "ps aux | awk '/node/{print $2}' | xargs kill",
                "jstack 1234",
                "ssh -L 8099:db.example:5432 bastion",
                "curl http://other.example:18099/",
                "curl http://other.example:80990/",
                "curl http://localhost:18099/",
                "http :3000/health",
                "python3 -c \"print(8099)\"",
                "node -e \"require('net').connect(3000)\"",
                "git commit -m 'Listen at http://localhost:8099'",
                "gh pr create --body 'see http://localhost:8099'",
                "docker stop $CONTAINER",
            })
    void commandsThatStayAwayFromTheGuardPass(String command) {
        assertThat(shell(command)).as(command).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "do_it, x, .claude/settings.json",
        "write_file, name, .claude/settings.json",
        "save, where, /srv/keys/signing.pem",
        "read_it, what, /srv/keys/signing.pem",
        "open, target, http://127.0.0.1:8099/x",
        "navigate, page, http://localhost:8099",
    })
    void whateverToolsOfServersCallTheirArgumentsThatIsSeen(String tool, String name, String value) {
        assertThat(objections(
                        "mcp.files." + tool,
                        tool("mcp__files__" + tool, ToolKind.MCP, null, List.of(), null),
                        Map.of("nested", Map.of(name, List.of(value)))))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "read_file, name, .claude/settings.json",
        "add_comment, body, Look at .claude/settings.json first",
        "add_comment, body, See http://localhost:8099 for more",
        "write_it, name, src/settings.json",
    })
    void whatToolsOfServersOnlyTalkAboutPasses(String tool, String name, String value) {
        assertThat(objections(
                        "mcp.files." + tool,
                        tool("mcp__files__" + tool, ToolKind.MCP, null, List.of(), null),
                        Map.of(name, value)))
                .isEmpty();
    }
}

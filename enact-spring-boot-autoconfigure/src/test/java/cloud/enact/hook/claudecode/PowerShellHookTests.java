package cloud.enact.hook.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Commands of the tool that Claude Code has on Windows. */
@SpringBootTest(
        classes = HookApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            HookApplication.ENABLED,
            HookApplication.ANA,
            HookApplication.ANAS_TOKEN,
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-powershell-hook-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.policies[0].pack=coding-agent"
        })
class PowerShellHookTests {

    private final HookClient client;

    private final String session = UUID.randomUUID().toString();

    PowerShellHookTests(@LocalServerPort int port) {
        this.client = new HookClient(port, HookApplication.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Remove-Item -Recurse -Force C:\\Users\\ana",
                "ri -r -fo C:\\Users\\ana\\web\\..",
                "Get-Content C:\\Users\\ana\\.ssh\\id_rsa",
                "Set-Content -Path .claude\\settings.json -Value '{}'",
                "Set-Content .claude\\settings.json -Value @'\nisn't\n'@",
                "Remove-Item `\n  .claude\\settings.json",
                "Stop-Process -Name java",
                "Get-Process java | Stop-Process",
                "if ($true) { terraform destroy -auto-approve }",
                "& 'C:\\Program Files\\Git\\bin\\git.exe' push --force origin main",
                "git push `\n  --force origin main",
            })
    void commandsAreReadAsPowerShellReadsThem(String command) {
        Map<String, Object> answer = this.client.before(this.session, "c1", "PowerShell", Map.of("command", command));

        assertThat(HookClient.decision(answer)).as(command).isEqualTo("deny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Get-ChildItem -Recurse src", "npm test", "Get-Content README.md | Select-Object -First 5"})
    void commandsThatOnlyLookPass(String command) {
        Map<String, Object> answer = this.client.before(this.session, "c1", "PowerShell", Map.of("command", command));

        assertThat(HookClient.decision(answer)).as(command).isEqualTo("none");
    }
}

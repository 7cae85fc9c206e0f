package cloud.enact.hook.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.approval.ApprovalStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An agent that asks for more than anybody answers gets a no, and people are not asked about that. */
@SpringBootTest(
        classes = HookApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            HookApplication.ENABLED,
            HookApplication.ANA,
            HookApplication.ANAS_TOKEN,
            HookApplication.ANAS_ROLE,
            "enact.receipts.store=memory",
            "enact.undo.directory=${java.io.tmpdir}/enact-hook-flood-tests",
            "enact.signing.secret=a-secret-for-tests-that-is-long-enough",
            "enact.approval.enabled=true",
            "enact.policies[0].name=deployments",
            "enact.policies[0].ask=has(args.command) && args.command.startsWith('deploy')",
            "enact.policies[0].reason=Deployments need a person."
        })
class HookApprovalFloodTests {

    private static final int MOST_OF_ONE_SESSION = 20;

    private final HookClient ana;

    private final ApprovalStore store;

    HookApprovalFloodTests(@LocalServerPort int port, @Autowired ApprovalStore store) {
        this.ana = new HookClient(port, HookApplication.TOKEN);
        this.store = store;
    }

    @Test
    void aSessionHasSoManyQuestionsOpenAndNoMore() {
        for (int i = 0; i < MOST_OF_ONE_SESSION; i++) {
            assertThat(reason("flood", i)).contains("A person has been asked");
        }

        Map<String, Object> refused = ask("flood", MOST_OF_ONE_SESSION);
        assertThat(HookClient.decision(refused)).isEqualTo("deny");
        assertThat(HookClient.reason(refused))
                .contains("20 calls of the same run wait for people already", "Wait until some have been answered")
                .doesNotContain("ticket");
        assertThat(this.store.countOpen(100)).isEqualTo(MOST_OF_ONE_SESSION);
        // what was asked for stands, and another session may still ask
        assertThat(reason("flood", 3)).contains("A person has been asked");
        assertThat(reason("another", 0)).contains("A person has been asked");
    }

    private String reason(String session, int number) {
        return HookClient.reason(ask(session, number));
    }

    private Map<String, Object> ask(String session, int number) {
        return this.ana.before(
                session, "call-" + System.nanoTime(), "Bash", Map.of("command", "deploy part-" + number));
    }
}

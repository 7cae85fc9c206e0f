package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Receipt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do what they are asked, perhaps, and do not say so. */
class McpInDoubtTests {

    private HostileServer server;

    @BeforeEach
    void start() throws Exception {
        this.server = new HostileServer();
    }

    @AfterEach
    void stop() {
        this.server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "ASYNC"})
    void whatAServerDidThatDoesNotAnswerIsNotTakenForNotDone(String type) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (McpApplication agent = agent(type)) {
            this.server.answers(request -> null);
            isInDoubt(agent);
            this.server.answers(request -> "\"neither a result nor an error\"");
            isInDoubt(agent);
            this.server.answers(request -> {
                await(over);
                return null;
            });
            isInDoubt(agent);
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "ASYNC"})
    void whatAServerSaysHasFailedHasFailed(String type) throws Exception {
        try (McpApplication agent = agent(type)) {
            this.server.answers(request -> HostileServer.error("out of money"));
            hasFailed(agent);
            this.server.answers(request -> "!{\"code\":-32000,\"message\":\"out of money\"}");
            hasFailed(agent);
        }
    }

    private static void isInDoubt(McpApplication agent) {
        assertThat(McpAgent.call(agent, "pay", "{}"))
                .contains("nobody knows whether it was done", "Find out before you repeat it");
        assertThat(newest(agent).fields().get("outcome")).isEqualTo("UNKNOWN");
    }

    private static void hasFailed(McpApplication agent) {
        assertThat(McpAgent.call(agent, "pay", "{}")).contains("out of money");
        assertThat(newest(agent).fields().get("outcome")).isEqualTo("FAILED");
    }

    private static Receipt newest(McpApplication agent) {
        return agent.receipts("mcp.bank.pay").get(agent.receipts("mcp.bank.pay").size() - 1);
    }

    private McpApplication agent(String type) throws Exception {
        return McpAgent.start(
                type,
                "bank",
                this.server.url(),
                "spring.ai.mcp.client.request-timeout=1s",
                "enact.tools.allow=mcp.bank.pay");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}

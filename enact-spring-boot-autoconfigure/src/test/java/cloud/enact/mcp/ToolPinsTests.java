package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered of the tools of servers that make it hard. */
class ToolPinsTests {

    private HostileServer server;

    private McpApplication agent;

    private ToolPins pins;

    @BeforeEach
    void start() throws Exception {
        this.server = new HostileServer();
        this.agent = McpAgent.start("SYNC", "bank", this.server.url(), "enact.mcp.on-change=block");
        this.pins = this.agent.bean(ToolPins.class);
    }

    @AfterEach
    void stop() throws Exception {
        this.agent.close();
        this.server.close();
    }

    @Test
    void aServerWithTooManyToolsTakesNoRoomFromAnother() {
        for (int i = 0; i < ToolPins.MOST_TOOLS; i++) {
            assertThat(this.pins.look("mcp.crowd.tool" + i, "sha256:a")).isEqualTo(ToolPins.Trust.TRUSTED);
        }

        assertThat(this.pins.look("mcp.crowd.more", "sha256:a")).isEqualTo(ToolPins.Trust.UNKNOWN);
        assertThat(this.pins.look("mcp.bank.pay", "sha256:a")).isEqualTo(ToolPins.Trust.TRUSTED);
    }

    @Test
    void ofTwoDefinitionsSeenAtTheSameMomentOneIsTrusted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 100; i++) {
                String tool = "mcp.bank.tool" + i;
                CyclicBarrier together = new CyclicBarrier(2);
                List<Callable<ToolPins.Trust>> looks = new ArrayList<>();
                for (String digest : List.of("sha256:a", "sha256:b")) {
                    looks.add(() -> {
                        together.await();
                        return this.pins.look(tool, digest);
                    });
                }
                List<ToolPins.Trust> trusts = new ArrayList<>();
                for (Future<ToolPins.Trust> trust : threads.invokeAll(looks)) {
                    trusts.add(trust.get());
                }

                assertThat(trusts).containsExactlyInAnyOrder(ToolPins.Trust.TRUSTED, ToolPins.Trust.CHANGED);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(this.agent.receipts(ToolPins.ACTION))
                .filteredOn(receipt -> !payload(receipt).containsKey(ToolPins.BEFORE))
                .as("tools that were new")
                .hasSize(100);
    }

    private static Map<?, ?> payload(Receipt receipt) {
        return (Map<?, ?>) receipt.fields().get("payload");
    }
}

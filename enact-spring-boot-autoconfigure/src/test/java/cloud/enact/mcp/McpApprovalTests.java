package cloud.enact.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.Approver;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Served tools that a person has to approve: their callers give up after a while. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpApprovalTests {

    private static final Approver BOSS = new Approver("boss@example.com", Set.of(), "console");

    private static final String[] SHORT = {
        "enact.approval.mode=wait", "enact.approval.max-wait=2m", "enact.mcp.max-wait=100ms"
    };

    private static final String PAGE =
            "enact.mcp.approval-page=https://agents.example.org/enact/approvals#request-{ticket}";

    private final Map<List<String>, McpApplication> applications = new HashMap<>();

    private McpApplication application;

    @AfterAll
    void stop() throws Exception {
        for (McpApplication started : this.applications.values()) {
            started.close();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"SYNC, STREAMABLE", "SYNC, STATELESS", "ASYNC, STREAMABLE", "ASYNC, STATELESS"})
    void theCallIsAnsweredWithATicketAndGoesThroughOnceWhenItIsRepeatedLater(String type, String protocol)
            throws Exception {
        start(type, protocol);
        McpSyncClient ann = this.application.client("ann");

        for (String tool : List.of("pay", "callback_refund")) {
            UUID ticket = ticket(McpApplication.call(ann, tool, Map.of("amount", 200)));
            assertThat(journal()).isEmpty();

            approvals().answer(ticket, BOSS, true, null);

            assertThat(McpApplication.call(ann, tool, Map.of("amount", 200)).isError())
                    .isNotEqualTo(true);
            assertThat(ticket(McpApplication.call(ann, tool, Map.of("amount", 200))))
                    .isNotEqualTo(ticket);
            assertThat(journal()).hasSize(1);
            journal().clear();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "ASYNC"})
    void nobodyIsKeptWaitingLongerThanAClientWaits(String type) throws Exception {
        start(type, "STREAMABLE", SHORT);
        McpSyncClient ann = this.application.client("ann");

        ticket(McpApplication.call(ann, "pay", Map.of("amount", 200)));
        ticket(McpApplication.call(ann, "callback_refund", Map.of("amount", 200)));

        assertThat(journal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SYNC, pay", "SYNC, callback_refund", "ASYNC, pay", "ASYNC, callback_refund"})
    void theCallGoesOnWhenSomebodyAnswersWhileItWaits(String type, String tool) throws Exception {
        start(type, "STREAMABLE", "enact.approval.mode=wait", "enact.mcp.max-wait=15s");
        McpSyncClient ann = this.application.client("ann", opening(invitation -> {
            approvals().answer(UUID.fromString(invitation.elicitationId()), BOSS, true, null);
            return accept();
        }));

        McpSchema.CallToolResult result = McpApplication.call(ann, tool, Map.of("amount", 200));

        assertThat(result.isError()).as(McpApplication.text(result)).isNotEqualTo(true);
        assertThat(journal()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"SYNC, pay", "SYNC, callback_refund", "ASYNC, pay", "ASYNC, callback_refund"})
    void aClientThatOpensPagesIsShownTheOneWherePeopleAnswer(String type, String tool) throws Exception {
        start(type, "STREAMABLE");
        List<ElicitUrlRequest> invitations = new CopyOnWriteArrayList<>();
        McpSyncClient ann = this.application.client("ann", opening(invitation -> {
            invitations.add(invitation);
            return accept();
        }));

        UUID ticket = ticket(McpApplication.call(ann, tool, Map.of("amount", 200)));

        assertThat(invitations).singleElement().satisfies(invitation -> {
            assertThat(invitation.url()).isEqualTo("https://agents.example.org/enact/approvals#request-" + ticket);
            assertThat(invitation.elicitationId()).isEqualTo(ticket.toString());
            assertThat(invitation.message())
                    .contains("waits for a person to approve")
                    .doesNotContain("200");
            assertThat(invitation.meta()).isNull();
        });
        assertThat(journal()).as("a client that accepts has approved nothing").isEmpty();
    }

    @Test
    void aClientThatSaysNothingToAnInvitationGetsATicket() throws Exception {
        start("SYNC", "STREAMABLE", SHORT);
        CountDownLatch over = new CountDownLatch(1);
        McpSyncClient ann = this.application.client("ann", opening(invitation -> {
            await(over);
            return accept();
        }));

        ticket(McpApplication.call(ann, "pay", Map.of("amount", 200)));
        over.countDown();
    }

    @Test
    void callersBeyondThoseThatMayWaitGetTheirTicketAtOnce() throws Exception {
        start("SYNC", "STREAMABLE", "enact.approval.mode=wait", "enact.mcp.max-wait=15s");
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch invited = new CountDownLatch(Invitations.MOST_WAITING);
        AtomicInteger invitations = new AtomicInteger();
        McpSyncClient ann = this.application.client("ann", opening(invitation -> {
            invitations.incrementAndGet();
            invited.countDown();
            await(over);
            return new ElicitResult(ElicitResult.Action.DECLINE, null, null);
        }));
        ExecutorService callers = Executors.newFixedThreadPool(Invitations.MOST_WAITING);
        try {
            List<Future<UUID>> waiting = new ArrayList<>();
            for (int i = 0; i < Invitations.MOST_WAITING; i++) {
                waiting.add(callers.submit(() -> ticket(McpApplication.call(ann, "pay", Map.of("amount", 200)))));
            }
            invited.await();

            ticket(McpApplication.call(ann, "pay", Map.of("amount", 200)));

            assertThat(invitations).hasValue(Invitations.MOST_WAITING);
            over.countDown();
            for (Future<UUID> caller : waiting) {
                assertThat(caller.get()).isNotNull();
            }
        } finally {
            over.countDown();
            callers.shutdownNow();
        }
    }

    @Test
    void aClientThatOnlyHasFormsIsNotAskedToAnswerByItself() throws Exception {
        start("SYNC", "STREAMABLE");
        McpSyncClient ann = this.application.client(
                "ann",
                spec -> spec.capabilities(McpSchema.ClientCapabilities.builder()
                                .elicitation(true, false)
                                .build())
                        .elicitation(form -> {
                            throw new AssertionError("asked");
                        }));

        ticket(McpApplication.call(ann, "pay", Map.of("amount", 200)));
    }

    @Test
    void everyCallerOfManyGetsItsTicket() throws Exception {
        start("ASYNC", "STREAMABLE");
        McpSyncClient ann = this.application.client("ann");

        // an answer was lost now and then when the thread that sent it was interrupted
        for (int i = 0; i < 100; i++) {
            ticket(McpApplication.call(ann, "pay", Map.of("amount", 200)));
        }
    }

    @Test
    void anApprovalIsGoodForTheSessionItWasAskedInOnly() throws Exception {
        start("SYNC", "STREAMABLE");
        UUID ticket = ticket(McpApplication.call(this.application.client("ann"), "pay", Map.of("amount", 200)));
        approvals().answer(ticket, BOSS, true, null);

        McpSchema.CallToolResult other =
                McpApplication.call(this.application.client("ann"), "pay", Map.of("amount", 200));

        assertThat(ticket(other)).isNotEqualTo(ticket);
        assertThat(journal()).isEmpty();
        ApprovalRequest asked = approvals().find(ticket).orElseThrow();
        assertThat(asked.asked().conversation()).startsWith("mcp:").hasSize(36);
    }

    private void start(String type, String protocol, String... properties) throws Exception {
        List<String> all = new ArrayList<>(List.of("enact.approval.enabled=true", PAGE));
        all.addAll(List.of(properties));
        List<String> kind = new ArrayList<>(List.of(type, protocol));
        kind.addAll(all);
        this.application = this.applications.get(kind);
        if (this.application == null) {
            this.application = McpApplication.start(CustomerTools.class, type, protocol, all.toArray(String[]::new));
            this.applications.put(kind, this.application);
        }
        journal().clear();
    }

    private static UnaryOperator<McpClient.SyncSpec> opening(Function<ElicitUrlRequest, ElicitResult> browser) {
        return spec -> spec.capabilities(McpSchema.ClientCapabilities.builder()
                        .elicitation(false, true)
                        .build())
                .urlElicitation(browser);
    }

    private static ElicitResult accept() {
        return new ElicitResult(ElicitResult.Action.ACCEPT, null, null);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** The ticket in an answer that a model can read. */
    private static UUID ticket(McpSchema.CallToolResult result) {
        assertThat(result.isError()).isTrue();
        JsonNode answer = JsonMapper.shared().readTree(McpApplication.text(result));
        assertThat(answer.path("decision").asString()).isEqualTo("ASK");
        assertThat(answer.path("message").asString()).contains("Repeat exactly this call later");
        return UUID.fromString(answer.path("ticket").asString());
    }

    private ApprovalService approvals() {
        return this.application.bean(ApprovalService.class);
    }

    private List<String> journal() {
        return this.application.bean(CustomerTools.Journal.class).entries();
    }
}

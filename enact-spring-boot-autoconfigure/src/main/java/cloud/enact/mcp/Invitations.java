package cloud.enact.mcp;

import cloud.enact.approval.ApprovalDesk;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.gate.ApprovalMode;
import cloud.enact.gate.ApprovalRequiredException;
import cloud.enact.gate.ApprovalSettings;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Brings the caller of a served tool to the page where people answer, and waits for the answer no longer than an MCP
 * client waits for a tool. The page has a log-in of its own: a client that answers by itself gains nothing. Thread-safe.
 */
final class Invitations {

    private static final Log logger = LogFactory.getLog(Invitations.class);

    /** Callers that are kept waiting at a time: half of the threads on which asynchronous servers run their tools. */
    static final int MOST_WAITING = Math.max(1, Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE / 2);

    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    private final McpSettings settings;

    private final Supplier<@Nullable ApprovalDesk> desk;

    private final Supplier<@Nullable ApprovalSettings> approvals;

    Invitations(
            McpSettings settings,
            Supplier<@Nullable ApprovalDesk> desk,
            Supplier<@Nullable ApprovalSettings> approvals) {
        this.settings = settings;
        this.desk = desk;
        this.approvals = approvals;
    }

    /** Returns whether the request has been answered by now; at once when too many callers wait already. */
    boolean pending(ApprovalRequiredException asked, @Nullable McpAsyncServerExchange exchange) {
        if (Schedulers.isInNonBlockingThread() || !this.waiting.tryAcquire()) {
            return false;
        }
        try {
            return waited(asked, exchange);
        } finally {
            this.waiting.release();
        }
    }

    private boolean waited(ApprovalRequiredException asked, @Nullable McpAsyncServerExchange exchange) {
        long begun = System.nanoTime();
        String page = this.settings.approvalPage(asked.getTicket().toString());
        if (page != null && exchange != null && takesAddresses(exchange) && !accepts(exchange, asked, page)) {
            return false;
        }
        return answered(asked, this.settings.maxWait().minusNanos(System.nanoTime() - begun));
    }

    private static boolean takesAddresses(McpAsyncServerExchange exchange) {
        McpSchema.ClientCapabilities client = exchange.getClientCapabilities();
        return client != null
                && client.elicitation() != null
                && client.elicitation().url() != null;
    }

    private boolean accepts(McpAsyncServerExchange exchange, ApprovalRequiredException asked, String page) {
        McpSchema.ElicitUrlRequest invitation = new McpSchema.ElicitUrlRequest(
                "Action '" + asked.getAction() + "' waits for a person to approve it. Open the page to answer.",
                page,
                asked.getTicket().toString(),
                null);
        try {
            McpSchema.ElicitResult result = exchange.createElicitation(invitation)
                    .timeout(this.settings.maxWait(), Schedulers.parallel())
                    .block();
            return result != null && result.action() == McpSchema.ElicitResult.Action.ACCEPT;
        } catch (RuntimeException ex) {
            // what the client said, or that it said nothing, is its own business: people have been asked already
            logger.debug("An MCP client did not take the page of an approval", ex);
            return false;
        }
    }

    private boolean answered(ApprovalRequiredException asked, Duration left) {
        ApprovalDesk desk = this.desk.get();
        ApprovalSettings approvals = this.approvals.get();
        if (desk == null || approvals == null || approvals.mode() != ApprovalMode.WAIT || !isPositive(left)) {
            return false;
        }
        try {
            Optional<ApprovalRequest> request = desk.find(asked.getTicket());
            Duration wait = (left.compareTo(approvals.maxWait()) < 0) ? left : approvals.maxWait();
            return request.isPresent() && desk.await(request.get(), wait).state() != ApprovalState.PENDING;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException ex) {
            logger.error("The answer to a request for approval can't be waited for", ex);
            return false;
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}

package cloud.enact.actuate.endpoint;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.RunTooLargeException;
import cloud.enact.receipt.RunView;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackRequestException;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.rollback.RollbackState;
import cloud.enact.rollback.Selection;
import cloud.enact.rollback.UnknownRunException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Actuator endpoint that shows receipts and, where that is switched on, rolls runs back. Thread-safe.
 *
 * <ul>
 *   <li>{@code GET receipts}: a page of receipts, newest first
 *   <li>{@code GET receipts/{runId}}: a run at a glance, verified, with its entries
 *   <li>{@code GET receipts/{runId}/rollback}: what a rollback would do
 *   <li>{@code POST receipts/{runId}} with {@code {"operation":"rollback","actor":"…","reason":"…"}}: the rollback
 * </ul>
 *
 * <p>Read-only unless {@code management.endpoint.receipts.access} says otherwise. Whoever is authenticated is the
 * requester; an {@code actor} in the body is recorded as a claim.
 */
@Endpoint(id = "receipts", defaultAccess = Access.READ_ONLY)
public final class ReceiptsEndpoint {

    private static final Log logger = LogFactory.getLog(ReceiptsEndpoint.class);

    /** Entries of a run that are shown; the verification looks at all of them. */
    private static final int MAX_ENTRIES = 1000;

    /** The run is there, and its view can't be made. */
    private static final int UNPROCESSABLE = 422;

    private static final int MAX_REASON = 2000;

    private static final int MAX_ACTOR = 256;

    private final ReceiptStore store;

    private final ReceiptVerifier verifier;

    private final @Nullable RollbackService rollbacks;

    private final @Nullable ReceiptSearch search;

    /**
     * Makes the endpoint.
     *
     * @param store holds the receipts
     * @param verifier checks them
     * @param rollbacks undoes runs, or {@code null} where that is not enabled
     */
    public ReceiptsEndpoint(ReceiptStore store, ReceiptVerifier verifier, @Nullable RollbackService rollbacks) {
        this(store, verifier, rollbacks, null);
    }

    /**
     * Makes the endpoint.
     *
     * @param store holds the receipts
     * @param verifier checks them
     * @param rollbacks undoes runs, or {@code null} where that is not enabled
     * @param search finds receipts by words, or {@code null} where that is not enabled
     */
    public ReceiptsEndpoint(
            ReceiptStore store,
            ReceiptVerifier verifier,
            @Nullable RollbackService rollbacks,
            @Nullable ReceiptSearch search) {
        this.store = store;
        this.verifier = verifier;
        this.rollbacks = rollbacks;
        this.search = search;
    }

    /**
     * Lists receipts, newest first.
     *
     * @param decision decision, such as {@code BLOCK}
     * @param action name of the action, or how it begins and a star, such as {@code billing.*}
     * @param actor id of the actor
     * @param kind kind of receipt
     * @param policy name of a policy that said ASK or BLOCK
     * @param mode {@code enforce} or {@code observe}
     * @param system system, such as {@code postgres}
     * @param workflow name of the run
     * @param run id of the run
     * @param text words that the arguments must have
     * @param since not before this time
     * @param until before this time
     * @param limit how many, 1 to 200; 50 if nothing is said
     * @param cursor what the page before gave as {@code next_cursor}
     */
    @ReadOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> list(
            @Nullable String decision,
            @Nullable String action,
            @Nullable String actor,
            @Nullable String kind,
            @Nullable String policy,
            @Nullable String mode,
            @Nullable String system,
            @Nullable String workflow,
            @Nullable String run,
            @Nullable String text,
            @Nullable String since,
            @Nullable String until,
            @Nullable String limit,
            @Nullable String cursor) {
        return answer(() -> {
            ListRequest request = BadRequestException.reading(() -> new ListRequest(
                    ReceiptFilter.builder()
                            .decision(ListRequest.text("decision", decision))
                            .actions(ListRequest.text("action", action))
                            .actor(ListRequest.text("actor", actor))
                            .kind(ListRequest.kind(kind))
                            .policy(ListRequest.text("policy", policy))
                            .mode(ListRequest.mode(mode))
                            .system(ListRequest.text("system", system))
                            .workflow(ListRequest.text("workflow", workflow))
                            .run(ListRequest.run(run))
                            .since(ListRequest.time("since", since))
                            .until(ListRequest.time("until", until))
                            .build(),
                    ListRequest.words(text, this.search),
                    ListRequest.cursor(cursor),
                    ListRequest.limit(limit)));
            return new WebEndpointResponse<>(request.answer(this.store, this.search));
        });
    }

    /** Shows a run. */
    @ReadOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> run(@Selector String runId) {
        return answer(() -> {
            RunId id = BadRequestException.reading(() -> RunId.parse(runId));
            RunView run = this.verifier.view(id).orElseThrow(() -> new UnknownRunException(id));
            Map<String, @Nullable Object> view = run.asMap();
            int entries = run.entries().size();
            if (entries > MAX_ENTRIES) {
                view.put("entries", run.entries().subList(0, MAX_ENTRIES));
                view.put("entries_omitted", entries - MAX_ENTRIES);
            }
            Map<String, @Nullable Object> rollback = new LinkedHashMap<>();
            rollback.put("enabled", this.rollbacks != null);
            rollback.putAll(RollbackState.of(this.store, id).asMap());
            view.put("rollback", rollback);
            return new WebEndpointResponse<>(view);
        });
    }

    /**
     * Says what a rollback would do.
     *
     * @param view {@code rollback}; there is nothing else to see
     */
    @ReadOperation
    public @Nullable WebEndpointResponse<Map<String, @Nullable Object>> preview(
            @Selector String runId, @Selector String view, SecurityContext securityContext) {
        if (!view.equals("rollback")) {
            return null;
        }
        return answer(() -> {
            RunId id = BadRequestException.reading(() -> RunId.parse(runId));
            return (this.rollbacks != null)
                    ? new WebEndpointResponse<>(this.rollbacks
                            .preview(RollbackRequest.of(id, Requester.of(securityContext.getPrincipal()), null))
                            .asMap())
                    : disabled();
        });
    }

    /**
     * Rolls a run back, or says what that would do.
     *
     * @param operation {@code rollback} or {@code preview}
     * @param actor whom the caller claims to be
     * @param reason why
     * @param only positions of the steps to undo, with commas between them; all if nothing is said
     * @param skip positions of steps to leave as they are, and names of tables and rows, with commas between them
     * @param force positions, tables and rows to restore even over later changes, with commas between them
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> rollback(
            @Selector String runId,
            @Nullable String operation,
            @Nullable String actor,
            @Nullable String reason,
            @Nullable String only,
            @Nullable String skip,
            @Nullable String force,
            SecurityContext securityContext) {
        return answer(() -> {
            RunId id = BadRequestException.reading(() -> RunId.parse(runId));
            boolean preview = "preview".equals(operation);
            if (!preview && !"rollback".equals(operation)) {
                throw new BadRequestException("'operation' is one of rollback, preview");
            }
            if (this.rollbacks == null) {
                return disabled();
            }
            requireLength("actor", actor, MAX_ACTOR);
            requireLength("reason", reason, MAX_REASON);
            RollbackRequest request = BadRequestException.reading(
                    () -> RollbackRequest.of(id, Requester.of(securityContext.getPrincipal()), reason)
                            .claimedBy(actor)
                            .onlyListed(only)
                            .skipping(Selection.parse(skip))
                            .forcing(Selection.parse(force)));
            if (preview) {
                return new WebEndpointResponse<>(this.rollbacks.preview(request).asMap());
            }
            RollbackReport report = this.rollbacks.rollback(request);
            int status = (report.result() == RollbackResult.REFUSED) ? 409 : WebEndpointResponse.STATUS_OK;
            return new WebEndpointResponse<>(report.asMap(), status);
        });
    }

    private static void requireLength(String name, @Nullable String text, int most) {
        if (text != null && text.length() > most) {
            throw new BadRequestException("'" + name + "' has at most " + most + " characters");
        }
    }

    private static WebEndpointResponse<Map<String, @Nullable Object>> disabled() {
        return Problem.of(
                403,
                "Rollback is not enabled",
                "Set enact.rollback.enabled=true to allow rolling runs back over the actuator.");
    }

    private static WebEndpointResponse<Map<String, @Nullable Object>> answer(
            Supplier<WebEndpointResponse<Map<String, @Nullable Object>>> work) {
        try {
            return work.get();
        } catch (BadRequestException | RollbackRequestException ex) {
            return Problem.of(WebEndpointResponse.STATUS_BAD_REQUEST, "Bad request", ex.getMessage());
        } catch (UnknownRunException ex) {
            return Problem.of(WebEndpointResponse.STATUS_NOT_FOUND, "Unknown run", ex.getMessage());
        } catch (RunTooLargeException ex) {
            return Problem.of(UNPROCESSABLE, "Run too large", ex.getMessage() + " with GET receipts?run=…");
        } catch (ReceiptStoreException ex) {
            logger.error("Receipts can't be read or written", ex);
            return Problem.of(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                    "Receipts are not available",
                    "The receipt store can't be read or written, so nothing was done. Look at the application's log.");
        } catch (RuntimeException ex) {
            // what went wrong inside is for the log: its message may hold what the caller must not see
            logger.error("The receipts endpoint can't answer", ex);
            return Problem.of(
                    WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR,
                    "Internal error",
                    "The request can't be answered. Look at the application's log.");
        }
    }
}

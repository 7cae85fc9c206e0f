package cloud.enact.actuate.endpoint;

import cloud.enact.action.RunId;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.RunView;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.rollback.RollbackService;
import cloud.enact.rollback.RollbackState;
import cloud.enact.rollback.Selection;
import cloud.enact.rollback.UnknownRunException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Actuator endpoint that shows receipts, settles runs in doubt and, where that is switched on, rolls runs back.
 * Thread-safe.
 *
 * <ul>
 *   <li>{@code GET receipts}: a page of receipts, newest first
 *   <li>{@code GET receipts/{runId}}: a run at a glance, verified, with its entries
 *   <li>{@code GET receipts/in-doubt}, {@code GET receipts/{runId}/in-doubt}: actions whose outcome was lost, and what
 *       looking says of them
 *   <li>{@code GET receipts/{runId}/rollback}: what a rollback would do
 *   <li>{@code POST receipts/{runId}} with {@code {"operation":"rollback","actor":"…","reason":"…"}}: the rollback
 *   <li>{@code POST receipts/{runId}} with {@code {"operation":"reconcile","outcome":"…","reason":"…"}}: settles what is
 *       in doubt
 * </ul>
 *
 * <p>Read-only unless {@code management.endpoint.receipts.access} says otherwise. Whoever is authenticated is the
 * requester; an {@code actor} in the body is recorded as a claim.
 */
@Endpoint(id = "receipts", defaultAccess = Access.READ_ONLY)
public final class ReceiptsEndpoint {

    /** Entries of a run that are shown; the verification looks at all of them. */
    private static final int MAX_ENTRIES = 1000;

    private static final int MAX_REASON = 2000;

    private static final int MAX_ACTOR = 256;

    private final ReceiptStore store;

    private final ReceiptVerifier verifier;

    private final @Nullable RollbackService rollbacks;

    private final @Nullable ReceiptSearch search;

    private final @Nullable InDoubt inDoubt;

    /**
     * Makes the endpoint.
     *
     * @param store holds the receipts
     * @param verifier checks them
     * @param rollbacks undoes runs, or {@code null} where that is not enabled
     */
    public ReceiptsEndpoint(ReceiptStore store, ReceiptVerifier verifier, @Nullable RollbackService rollbacks) {
        this(store, verifier, rollbacks, null, null, Clock.systemUTC());
    }

    /**
     * Makes the endpoint.
     *
     * @param store holds the receipts
     * @param verifier checks them
     * @param rollbacks undoes runs, or {@code null} where that is not enabled
     * @param search finds receipts by words, or {@code null} where that is not enabled
     * @param recovery settles runs in doubt, or {@code null} where nothing can
     * @param clock tells how long they have been
     */
    public ReceiptsEndpoint(
            ReceiptStore store,
            ReceiptVerifier verifier,
            @Nullable RollbackService rollbacks,
            @Nullable ReceiptSearch search,
            @Nullable RecoveryService recovery,
            Clock clock) {
        this.store = store;
        this.verifier = verifier;
        this.rollbacks = rollbacks;
        this.search = search;
        this.inDoubt = (recovery != null) ? new InDoubt(recovery, clock) : null;
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
        return Problem.orAnswer(() -> {
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

    /**
     * Shows a run.
     *
     * @param runId its id, or {@code in-doubt} for all runs in doubt
     */
    @ReadOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> run(@Selector String runId) {
        InDoubt doubts = this.inDoubt;
        if (runId.equals(InDoubt.NAME) && doubts != null) {
            return Problem.orAnswer(doubts::list);
        }
        return Problem.orAnswer(() -> {
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
     * Says what a rollback would do, or what became of actions in doubt.
     *
     * @param view {@code rollback} or {@code in-doubt}
     */
    @ReadOperation
    public @Nullable WebEndpointResponse<Map<String, @Nullable Object>> preview(
            @Selector String runId, @Selector String view, SecurityContext securityContext) {
        InDoubt doubts = this.inDoubt;
        if (view.equals(InDoubt.NAME) && doubts != null) {
            return Problem.orAnswer(() -> doubts.of(BadRequestException.reading(() -> RunId.parse(runId))));
        }
        if (!view.equals("rollback")) {
            return null;
        }
        return Problem.orAnswer(() -> {
            RunId id = BadRequestException.reading(() -> RunId.parse(runId));
            return (this.rollbacks != null)
                    ? new WebEndpointResponse<>(this.rollbacks
                            .preview(RollbackRequest.of(id, Requester.of(securityContext.getPrincipal()), null))
                            .asMap())
                    : disabled();
        });
    }

    /**
     * Rolls a run back, says what that would do, or settles what is in doubt of it.
     *
     * @param operation {@code rollback}, {@code preview} or {@code reconcile}
     * @param actor whom the caller claims to be
     * @param reason why
     * @param only positions of the steps to undo, with commas between them; all if nothing is said
     * @param skip positions of steps to leave as they are, and names of tables and rows, with commas between them
     * @param force positions, tables and rows to restore even over later changes, with commas between them; to
     *     reconcile: {@code true} against what looking says
     * @param outcome to reconcile: {@code completed}, {@code not_done}, {@code rolled_back}, {@code dismissed} or
     *     {@code probe}
     * @param action_id to reconcile: one action; all in doubt if nothing is said
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
            @Nullable String outcome,
            @Nullable String action_id,
            SecurityContext securityContext) {
        return Problem.orAnswer(() -> {
            RunId id = BadRequestException.reading(() -> RunId.parse(runId));
            InDoubt doubts = this.inDoubt;
            if ("reconcile".equals(operation) && doubts != null) {
                requireLength("actor", actor, MAX_ACTOR);
                requireNone("reconcile", only, skip);
                return doubts.reconcile(
                        id, action_id, outcome, Requester.of(securityContext.getPrincipal()), actor, reason, force);
            }
            boolean preview = "preview".equals(operation);
            if (!preview && !"rollback".equals(operation)) {
                throw new BadRequestException("'operation' is one of rollback, preview, reconcile");
            }
            requireNone("rollback", outcome, action_id);
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

    /** What would be ignored is refused: somebody meant something by it. */
    private static void requireNone(String operation, @Nullable String... others) {
        for (String other : others) {
            if (other != null) {
                throw new BadRequestException("The request names something that 'operation' " + operation
                        + " does not read; nothing was done");
            }
        }
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
}

package cloud.enact.approval;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests for approval to try things with. */
public final class SampleApprovals {

    /** Long ago: whoever looks at the real clock finds requests of then expired. */
    public static final Instant NOW = Instant.parse("2026-01-22T10:00:00.123456Z");

    private final IdGenerator ids = IdGenerator.uuidV7(Clock.systemUTC());

    private final Instant now;

    /** Asked at {@link #NOW}. */
    public SampleApprovals() {
        this(NOW);
    }

    /** Asked at a time. */
    public SampleApprovals(Instant now) {
        this.now = now;
    }

    /** A new request, valid for an hour. */
    public ApprovalRequest request(String call) {
        return request(call, "A refund above 500 needs a person.");
    }

    /** A new request that one policy wants. */
    public ApprovalRequest request(String call, String reason) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("amount", 900L);
        payload.put("customer", "c-17");
        payload.put("lines", List.of(Map.of("sku", "a"), Map.of("sku", "<b>")));
        payload.put("note", null);
        AskedCall asked = new AskedCall(
                new RunId(this.ids.next()),
                this.ids.next(),
                "billing.refund",
                new Actor("bot@enact.example", Set.of("support"), Map.of("team", "blue"), "helper", null, "caller"),
                "chat-7",
                Arguments.freeze(payload),
                List.of(Verdict.ask("billing.no-big-refunds", reason)),
                new ActionEffect(Map.of("refunds", 1L, "ledger", 2L), List.of("audit")),
                Reversibility.COMPENSATABLE);
        return request(asked, call);
    }

    /** A new request for a call. */
    public ApprovalRequest request(AskedCall asked, String call) {
        return new ApprovalRequest(
                this.ids.next(),
                asked,
                new ApprovalTerms(
                        call,
                        "circumstances",
                        this.now.plus(Duration.ofHours(1)),
                        1,
                        Set.of("finance"),
                        Set.of("duty@enact.example")),
                this.now,
                ApprovalState.PENDING,
                List.of(),
                0);
    }

    /** Somebody's answer. */
    public ApprovalAnswer answer(boolean approved, String who) {
        return new ApprovalAnswer(approved, who + "@enact.example", "email", "because <i>", this.now.plusSeconds(60));
    }

    /** The next version of a request. */
    public ApprovalRequest next(ApprovalRequest request, ApprovalState state, ApprovalAnswer... further) {
        List<ApprovalAnswer> answers = new ArrayList<>(request.answers());
        answers.addAll(List.of(further));
        return new ApprovalRequest(
                request.id(),
                request.asked(),
                request.terms(),
                request.timestamp(),
                state,
                answers,
                request.version() + 1);
    }

    /** The next version of a request, with as many notes as there may be. */
    public ApprovalRequest noted(ApprovalRequest request, String note) {
        ApprovalRequest noted = request;
        for (int i = 0; i < 10; i++) {
            noted = noted.noted(note + i);
        }
        return noted;
    }

    /** A ticket that nobody has. */
    public UUID id() {
        return this.ids.next();
    }
}

package cloud.enact.approval;

import cloud.enact.action.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers for programs, by people who are signed in. Every method throws {@link ApprovalDoorException}
 * for what is not answered. Thread-safe.
 */
public final class ApprovalDoor {

    private static final int SHOWN = 50;

    private static final int BAD_REQUEST = 400;

    private static final int FORBIDDEN = 403;

    private static final int NOT_FOUND = 404;

    private static final int CONFLICT = 409;

    private final ApprovalService approvals;

    private final ApprovalRoles roles;

    private final String channel;

    /**
     * Makes the door.
     *
     * @param channel its name, for the record
     */
    public ApprovalDoor(ApprovalService approvals, ApprovalRoles roles, String channel) {
        this.approvals = approvals;
        this.roles = roles;
        this.channel = channel;
    }

    /**
     * Requests that are open, the oldest first.
     *
     * @param after a ticket to go on behind, or {@code null} from the start
     * @param limit at most this many, or {@code null} for {@value #SHOWN}
     */
    public Map<String, @Nullable Object> open(@Nullable String after, @Nullable String limit) {
        List<ApprovalRequest> open = this.approvals.findOpen((after != null) ? ticket(after) : null, limit(limit));
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("approvals", open.stream().map(ApprovalRequest::asMap).toList());
        return members;
    }

    /** One request. */
    public Map<String, @Nullable Object> one(String ticket) {
        return found(ticket).asMap();
    }

    /**
     * Answers one request.
     *
     * @param reason why, for the record, or {@code null}
     * @param name of whoever is signed in; {@code null} for nobody
     * @param inRole whether that person has a role
     */
    public Map<String, @Nullable Object> answer(
            String ticket, boolean approved, @Nullable String reason, @Nullable String name, Predicate<String> inRole) {
        if (reason != null && reason.length() > ApprovalAnswer.MAX_REASON) {
            throw malformed("'reason' has at most " + ApprovalAnswer.MAX_REASON + " characters.");
        }
        ApprovalRequest asked = found(ticket);
        try {
            Approver approver = this.roles.approver(name, inRole, asked, this.channel);
            return this.approvals.answer(asked.id(), approver, approved, reason).asMap();
        } catch (ApprovalRefusedException ex) {
            // as it is now: somebody else may have answered meanwhile
            boolean over = found(ticket).state() != ApprovalState.PENDING;
            throw new ApprovalDoorException(
                    over ? CONFLICT : FORBIDDEN,
                    over ? "Already answered" : "Not counted",
                    String.valueOf(ex.getMessage()));
        }
    }

    private ApprovalRequest found(String ticket) {
        return this.approvals
                .find(ticket(ticket))
                .orElseThrow(() -> new ApprovalDoorException(
                        NOT_FOUND, "Unknown ticket", "There is no request for approval with this ticket."));
    }

    private static UUID ticket(String text) {
        try {
            return RunId.parse(text).value();
        } catch (IllegalArgumentException ex) {
            throw malformed("A ticket is a version 7 UUID. Take it from the list, or from the message about it.");
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return SHOWN;
        }
        if (text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= ApprovalStore.MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw malformed("'limit' is a number from 1 to " + ApprovalStore.MAX_LIMIT + ".");
    }

    private static ApprovalDoorException malformed(String detail) {
        return new ApprovalDoorException(BAD_REQUEST, "Bad request", detail);
    }
}

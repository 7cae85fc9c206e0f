package cloud.enact.api;

import cloud.enact.approval.ApprovalAnswer;
import cloud.enact.approval.ApprovalDoor;
import cloud.enact.approval.ApprovalRoles;
import cloud.enact.approval.ApprovalService;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Requests for approval over HTTP.
 *
 * <ul>
 *   <li>{@code GET /enact/api/approvals}: those that are open
 *   <li>{@code GET /enact/api/approvals/{ticket}}: one
 *   <li>{@code POST /enact/api/approvals/{ticket}} with {@code {"approved":true,"reason":"checked"}}: answers it, by
 *       somebody who is signed in
 * </ul>
 */
@RestController
public final class ApprovalApiController {

    private static final String PATH = "/enact/api/approvals";

    /** Those who may only read, at the same time. */
    private static final int READERS = 4;

    private final Caller caller;

    private final Body body = new Body();

    private final Replies replies = new Replies(this.body);

    private final ApprovalDoor door;

    /** A list is as long as models made it. */
    private final Turns readers = new Turns(READERS, Duration.ZERO);

    /**
     * Makes the controller.
     *
     * @param remote whether callers of other machines get an answer
     * @param approvals the requests
     * @param roles knows who may answer
     */
    public ApprovalApiController(boolean remote, ApprovalService approvals, ApprovalRoles roles) {
        this.caller = new Caller(remote);
        this.door = new ApprovalDoor(approvals, roles, "api");
    }

    /** Shows requests that are open, the oldest first. */
    @GetMapping(PATH)
    ResponseEntity<byte[]> list(
            HttpServletRequest request,
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", required = false) @Nullable String limit) {
        return this.replies.of(() -> {
            this.caller.requireAllowed(request);
            Supplier<byte[]> list = () -> this.body.write(this.door.open(after, limit));
            // whoever only reads must not keep others from it
            return (request.getUserPrincipal() != null) ? list.get() : this.readers.take(list);
        });
    }

    /** Shows one request. */
    @GetMapping(PATH + "/{ticket}")
    ResponseEntity<byte[]> one(HttpServletRequest request, @PathVariable("ticket") String ticket) {
        return this.replies.of(() -> {
            this.caller.requireAllowed(request);
            return this.body.write(this.door.one(ticket));
        });
    }

    /** Answers one request. */
    @PostMapping(PATH + "/{ticket}")
    ResponseEntity<byte[]> answer(HttpServletRequest request, @PathVariable("ticket") String ticket) {
        return this.replies.of(() -> {
            this.caller.requireAllowed(request);
            Members members = Members.of("", this.body.parse(this.body.read(request)), List.of("approved", "reason"));
            if (!(members.value("approved") instanceof Boolean approved)) {
                throw ApiException.malformed("'approved' is missing.", "It is true or false, without quotes.");
            }
            String reason = members.optionalText("reason", ApprovalAnswer.MAX_REASON);
            Principal principal = request.getUserPrincipal();
            return this.body.write(this.door.answer(
                    ticket, approved, reason, (principal != null) ? principal.getName() : null, request::isUserInRole));
        });
    }
}

package cloud.enact.actuate.endpoint;

import cloud.enact.approval.ApprovalDoor;
import cloud.enact.approval.ApprovalRoles;
import cloud.enact.approval.ApprovalService;
import java.security.Principal;
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
 * Actuator endpoint of requests for approval. Thread-safe.
 *
 * <ul>
 *   <li>{@code GET enactapprovals}: those that are open
 *   <li>{@code GET enactapprovals/{ticket}}: one
 *   <li>{@code POST enactapprovals/{ticket}} with {@code {"approved":true,"reason":"checked"}}: answers it, by somebody
 *       who is signed in
 * </ul>
 *
 * <p>Read-only unless {@code management.endpoint.enactapprovals.access} says otherwise.
 */
@Endpoint(id = "enactapprovals", defaultAccess = Access.READ_ONLY)
public final class ApprovalsEndpoint {

    private final ApprovalDoor door;

    public ApprovalsEndpoint(ApprovalService approvals, ApprovalRoles roles) {
        this.door = new ApprovalDoor(approvals, roles, "actuator");
    }

    /**
     * Shows requests that are open, the oldest first.
     *
     * @param after a ticket to go on behind, or {@code null} from the start
     * @param limit at most this many, or {@code null} for 50
     */
    @ReadOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> list(@Nullable String after, @Nullable Integer limit) {
        return Problem.orAnswer(
                () -> new WebEndpointResponse<>(this.door.open(after, (limit != null) ? limit.toString() : null)));
    }

    /** Shows one request. */
    @ReadOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> one(@Selector String ticket) {
        return Problem.orAnswer(() -> new WebEndpointResponse<>(this.door.one(ticket)));
    }

    /**
     * Answers one request.
     *
     * @param approved whether it is a yes
     * @param reason why, for the record
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> answer(
            @Selector String ticket, boolean approved, @Nullable String reason, SecurityContext securityContext) {
        Principal principal = securityContext.getPrincipal();
        return Problem.orAnswer(() -> new WebEndpointResponse<>(this.door.answer(
                ticket,
                approved,
                reason,
                (principal != null) ? principal.getName() : null,
                securityContext::isUserInRole)));
    }
}

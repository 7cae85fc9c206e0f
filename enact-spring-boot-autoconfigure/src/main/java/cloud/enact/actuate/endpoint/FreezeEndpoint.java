package cloud.enact.actuate.endpoint;

import cloud.enact.action.Actor;
import cloud.enact.receipt.FreezeSwitch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Actuator endpoint that freezes changes. Thread-safe.
 *
 * <ul>
 *   <li>{@code GET freeze}: whether the switch is on
 *   <li>{@code POST freeze} with {@code {"frozen":true,"reason":"release"}}: switches it, for all processes that share
 *       the receipt store
 * </ul>
 *
 * <p>Read-only unless {@code management.endpoint.freeze.access} says otherwise.
 */
@Endpoint(id = "freeze", defaultAccess = Access.READ_ONLY)
public final class FreezeEndpoint {

    private static final Log logger = LogFactory.getLog(FreezeEndpoint.class);

    private static final int LONGEST_REASON = 500;

    private final FreezeSwitch freeze;

    public FreezeEndpoint(FreezeSwitch freeze) {
        this.freeze = freeze;
    }

    /** Says whether the switch is on. */
    @ReadOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> state() {
        try {
            return new WebEndpointResponse<>(described(this.freeze.getAsBoolean()));
        } catch (RuntimeException ex) {
            return unavailable(ex);
        }
    }

    /**
     * Switches.
     *
     * @param frozen whether changes are frozen from now on
     * @param reason why, for the record
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> change(
            boolean frozen, @Nullable String reason, SecurityContext securityContext) {
        if (reason != null && reason.length() > LONGEST_REASON) {
            return Problem.of(
                    WebEndpointResponse.STATUS_BAD_REQUEST,
                    "Bad request",
                    "'reason' has at most " + LONGEST_REASON + " characters");
        }
        Actor requester = Requester.of(securityContext.getPrincipal());
        try {
            this.freeze.set(frozen, requester, reason);
        } catch (RuntimeException ex) {
            return unavailable(ex);
        }
        logger.info("Changes are " + (frozen ? "frozen" : "no longer frozen") + " by " + requester.id());
        return new WebEndpointResponse<>(described(frozen));
    }

    private static Map<String, @Nullable Object> described(boolean frozen) {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("frozen", frozen);
        return description;
    }

    private static WebEndpointResponse<Map<String, @Nullable Object>> unavailable(RuntimeException failure) {
        logger.error("The freeze endpoint can't answer", failure);
        return Problem.of(
                WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                "Not available",
                "The receipt store can't be read or written. Look at the application's log.");
    }
}

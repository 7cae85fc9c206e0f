package cloud.enact.actuate.endpoint;

import cloud.enact.action.Actor;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyRing;
import cloud.enact.receipt.SubjectErasure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
 * Actuator endpoint for the keys of what is encrypted. Thread-safe.
 *
 * <ul>
 *   <li>{@code GET encryption}: whether new receipts are encrypted
 *   <li>{@code POST encryption} with {@code {"operation":"erase","subject":"…","reason":"…"}}, or {@code "kid"} in the
 *       place of the subject: drops a key, for ever
 *   <li>{@code POST encryption} with {@code {"operation":"rewrap"}}: wraps every data key with the current master key
 * </ul>
 *
 * <p>Read-only unless {@code management.endpoint.encryption.access} says otherwise.
 */
@Endpoint(id = "encryption", defaultAccess = Access.READ_ONLY)
public final class EncryptionEndpoint {

    private static final Log logger = LogFactory.getLog(EncryptionEndpoint.class);

    private static final int LONGEST_SUBJECT = 1024;

    private static final int LONGEST_REASON = 500;

    private final KeyRing keys;

    private final SubjectErasure erasure;

    private final boolean enabled;

    /**
     * Makes the endpoint.
     *
     * @param enabled whether new receipts are encrypted
     */
    public EncryptionEndpoint(KeyRing keys, SubjectErasure erasure, boolean enabled) {
        this.keys = keys;
        this.erasure = erasure;
        this.enabled = enabled;
    }

    /** Says whether new receipts are encrypted. */
    @ReadOperation
    public Map<String, @Nullable Object> state() {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        state.put("enabled", this.enabled);
        return state;
    }

    /**
     * Erases a subject, or wraps keys anew.
     *
     * @param operation {@code erase} or {@code rewrap}
     * @param subject whose data is to be erased
     * @param kid id of the key to drop, where the subject is not known
     * @param reason why, for the record; it stays readable
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, @Nullable Object>> change(
            String operation,
            @Nullable String subject,
            @Nullable String kid,
            @Nullable String reason,
            SecurityContext securityContext) {
        try {
            return switch (operation) {
                case "erase" -> erase(subject, kid, reason, Requester.of(securityContext.getPrincipal()));
                case "rewrap" -> answer("rewrapped", this.keys.rewrap());
                default -> bad("'operation' is one of erase, rewrap");
            };
        } catch (IllegalArgumentException ex) {
            return bad("'kid' is not the key of a subject");
        } catch (EncryptionException ex) {
            logger.error("The encryption endpoint can't answer", ex);
            return Problem.of(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, "Not available", ex.getMessage());
        } catch (RuntimeException ex) {
            logger.error("The encryption endpoint can't answer", ex);
            return Problem.of(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                    "Not available",
                    "The receipt store can't be written. Look at the application's log.");
        }
    }

    private WebEndpointResponse<Map<String, @Nullable Object>> erase(
            @Nullable String subject, @Nullable String kid, @Nullable String reason, Actor by) {
        if (reason != null && reason.length() > LONGEST_REASON) {
            return bad("'reason' has at most " + LONGEST_REASON + " characters");
        }
        if ((subject == null) == (kid == null)) {
            return bad("Exactly one of 'subject' and 'kid' says what to erase");
        }
        Optional<String> dropped;
        if (subject != null) {
            if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
                return bad("'subject' has 1 to " + LONGEST_SUBJECT + " characters");
            }
            dropped = this.erasure.erase(subject, by, reason);
        } else {
            dropped = this.erasure.eraseKey(kid, by, reason) ? Optional.of(kid) : Optional.empty();
        }
        if (dropped.isEmpty()) {
            return Problem.of(
                    WebEndpointResponse.STATUS_NOT_FOUND, "Unknown", "Nothing of that subject is encrypted here.");
        }
        logger.info("Key " + dropped.get() + " was dropped by " + by.id() + "; what it encrypted is erased");
        return answer("erased", dropped.get());
    }

    private static WebEndpointResponse<Map<String, @Nullable Object>> answer(String name, Object value) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put(name, value);
        return new WebEndpointResponse<>(answer);
    }

    private static WebEndpointResponse<Map<String, @Nullable Object>> bad(String detail) {
        return Problem.of(WebEndpointResponse.STATUS_BAD_REQUEST, "Bad request", detail);
    }
}

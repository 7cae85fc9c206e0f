package cloud.enact.actuate.endpoint;

import cloud.enact.approval.ApprovalDoorException;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.receipt.ReceiptStoreException;
import cloud.enact.receipt.RunTooLargeException;
import cloud.enact.rollback.RollbackRequestException;
import cloud.enact.rollback.UnknownRunException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** An answer with the members of RFC 9457. */
final class Problem {

    private static final Log logger = LogFactory.getLog(Problem.class);

    /** The run is there, and its view can't be made. */
    private static final int UNPROCESSABLE = 422;

    private Problem() {}

    static WebEndpointResponse<Map<String, @Nullable Object>> of(int status, String title, @Nullable String detail) {
        Map<String, @Nullable Object> problem = new LinkedHashMap<>();
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        return new WebEndpointResponse<>(problem, status);
    }

    /** The answer, or what is the matter with it. */
    static WebEndpointResponse<Map<String, @Nullable Object>> orAnswer(
            Supplier<WebEndpointResponse<Map<String, @Nullable Object>>> work) {
        try {
            return work.get();
        } catch (BadRequestException | RollbackRequestException ex) {
            return of(WebEndpointResponse.STATUS_BAD_REQUEST, "Bad request", ex.getMessage());
        } catch (ApprovalDoorException ex) {
            return of(ex.status(), ex.title(), ex.getMessage());
        } catch (UnknownRunException ex) {
            return of(WebEndpointResponse.STATUS_NOT_FOUND, "Unknown run", ex.getMessage());
        } catch (RunTooLargeException ex) {
            return of(UNPROCESSABLE, "Run too large", ex.getMessage() + " with GET receipts?run=…");
        } catch (ReceiptStoreException ex) {
            logger.error("Receipts can't be read or written", ex);
            return of(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                    "Receipts are not available",
                    "The receipt store can't be read or written, so nothing was done. Look at the application's log.");
        } catch (ApprovalStoreException ex) {
            logger.error("Approvals can't be read or written", ex);
            return of(
                    WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE,
                    "Approvals are not available",
                    "Approvals can't be read or written. Look at the application's log, and at the request later.");
        } catch (RuntimeException ex) {
            // what went wrong inside is for the log: its message may hold what the caller must not see
            logger.error("An endpoint can't answer", ex);
            return of(
                    WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR,
                    "Internal error",
                    "The request can't be answered. Look at the application's log.");
        }
    }
}

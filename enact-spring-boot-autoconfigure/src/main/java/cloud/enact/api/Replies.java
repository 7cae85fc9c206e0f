package cloud.enact.api;

import cloud.enact.approval.ApprovalDoorException;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.receipt.ReceiptStoreException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Turns what becomes of a question into a reply. Thread-safe. */
final class Replies {

    private static final Log logger = LogFactory.getLog(Replies.class);

    private final Body body;

    Replies(Body body) {
        this.body = body;
    }

    /** What answers a question, in JSON. */
    interface Work {

        byte[] answer() throws IOException;
    }

    ResponseEntity<byte[]> of(Work work) {
        try {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(work.answer());
        } catch (ApiException ex) {
            return problem(ex.status(), ex.title(), ex.getMessage());
        } catch (ApprovalDoorException ex) {
            return problem(ex.status(), ex.title(), ex.getMessage());
        } catch (ReceiptStoreException ex) {
            logger.error("Receipts can't be read", ex);
            return problem(503, "Receipts are not available", "The receipts can't be read. Look at the log.");
        } catch (ApprovalStoreException ex) {
            logger.error("Approvals can't be read or written", ex);
            return problem(
                    503,
                    "Approvals are not available",
                    "Approvals can't be read or written. Look at the log, and at the request later.");
        } catch (IOException ex) {
            return problem(400, "Bad request", "The body can't be read to its end. Send it again.");
        } catch (RuntimeException | StackOverflowError ex) {
            // what went wrong inside is for the log: its message may hold what the caller must not see
            logger.error("A question can't be answered", ex);
            return problem(500, "Internal error", "The question can't be answered. Look at the application's log.");
        }
    }

    /** An answer as RFC 9457 has it. */
    private ResponseEntity<byte[]> problem(int status, String title, @Nullable String detail) {
        Map<String, @Nullable Object> problem = new LinkedHashMap<>();
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this.body.write(problem));
    }
}

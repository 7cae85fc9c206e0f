package cloud.enact.approval;

import java.util.Set;

/**
 * Tells people that they are asked, such as by e-mail. Thread-safe. An exception is noted on the request, and the other
 * channels are tried.
 */
public interface ApprovalChannel {

    /** One word for it in receipts and logs, such as {@code email}. */
    String name();

    /** Whom it tells of a request, such as addresses: each gets a message with links of its own. */
    Set<String> approvers(ApprovalRequest request);

    /** Tells one of them. */
    void send(ApprovalMessage message) throws Exception;
}

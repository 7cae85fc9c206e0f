package cloud.enact.approval;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to one person. Its links are secrets: whoever holds one can answer.
 *
 * @param request what is asked
 * @param approver whom this message is for
 * @param approve leads to a page that approves, or {@code null} where the application has no page
 * @param deny leads to a page that denies, or {@code null} where the application has no page
 */
public record ApprovalMessage(
        ApprovalRequest request,
        String approver,
        @Nullable URI approve,
        @Nullable URI deny) {

    @Override
    public String toString() {
        return "ApprovalMessage[" + this.request.id() + " for " + this.approver + "]";
    }
}

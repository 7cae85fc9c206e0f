package cloud.enact.receipt;

import cloud.enact.action.ActionRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the receipts of what ran ungoverned. */
public final class GapDraft {

    private GapDraft() {}

    /** The receipt of something that is known to have run ungoverned, with what is known of its outcome. */
    public static ReceiptDraft of(ActionRequest request, Map<String, @Nullable Object> outcome) {
        return new ReceiptDraft(
                ReceiptKind.GAP,
                request.run().id(),
                request.actionId(),
                null,
                request.timestamp(),
                request.action(),
                request.system(),
                request.run().name(),
                null,
                request.reversibility(),
                request.actor(),
                request.args(),
                null,
                null,
                null,
                outcome,
                List.of(),
                null,
                null,
                null);
    }
}

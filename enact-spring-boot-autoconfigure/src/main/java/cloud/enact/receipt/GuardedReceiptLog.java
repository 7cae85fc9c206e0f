package cloud.enact.receipt;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A log that takes no decision to let a call run while something is wrong: the gate then refuses the call. */
final class GuardedReceiptLog extends ForwardingReceiptLog {

    private final Supplier<@Nullable String> problem;

    GuardedReceiptLog(ReceiptLog delegate, Supplier<@Nullable String> problem) {
        super(delegate);
        this.problem = problem;
    }

    @Override
    public Receipt append(ReceiptDraft draft) {
        if (draft.kind() == ReceiptKind.DECIDED && !"BLOCK".equals(draft.decision())) {
            String wrong = this.problem.get();
            if (wrong != null) {
                throw new ReceiptStoreException(
                        "The receipts recorded so far don't verify, so no further call is let through: " + wrong, null);
            }
        }
        return this.delegate.append(draft);
    }
}

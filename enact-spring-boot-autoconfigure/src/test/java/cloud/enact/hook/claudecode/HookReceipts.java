package cloud.enact.hook.claudecode;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What is on record of the sessions of a coding agent. */
final class HookReceipts {

    private final ReceiptStore store;

    HookReceipts(ReceiptStore store) {
        this.store = store;
    }

    /** The receipts of a session, the oldest first. */
    List<Receipt> of(String session) {
        List<Receipt> found = new ArrayList<>(this.store
                .query(
                        ReceiptFilter.builder()
                                .workflow("claude-code " + session)
                                .build(),
                        null,
                        200)
                .receipts());
        Collections.reverse(found);
        return found;
    }

    List<ReceiptKind> kinds(String session) {
        return of(session).stream().map(Receipt::kind).toList();
    }

    Receipt last(String session) {
        List<Receipt> receipts = of(session);
        return receipts.get(receipts.size() - 1);
    }

    /** What came of it, in one word. */
    static Object status(Receipt receipt) {
        return receipt.fields().get("outcome");
    }

    /** What else is told of that. */
    static Object detail(Receipt receipt, String name) {
        return ((Map<?, ?>) receipt.fields().get("outcome_detail")).get(name);
    }
}

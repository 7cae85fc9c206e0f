package cloud.enact.receipt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of receipts.
 *
 * @param receipts the entries, newest first
 * @param next where to go on, or {@code null} when this was the last page
 */
public record ReceiptPage(List<Receipt> receipts, @Nullable ReceiptCursor next) {

    public ReceiptPage {
        receipts = List.copyOf(receipts);
    }
}

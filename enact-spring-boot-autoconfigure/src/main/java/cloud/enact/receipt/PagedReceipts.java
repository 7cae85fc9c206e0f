package cloud.enact.receipt;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Entries of a store, read page by page while somebody goes through them. For one thread. */
final class PagedReceipts implements Iterator<Receipt> {

    private final ReceiptStore store;

    private final ReceiptFilter filter;

    private final int limit;

    private ReceiptPage page;

    private Iterator<Receipt> left;

    PagedReceipts(ReceiptStore store, ReceiptFilter filter, int limit) {
        this.store = store;
        this.filter = filter;
        this.limit = limit;
        this.page = store.query(filter, null, limit);
        this.left = this.page.receipts().iterator();
    }

    @Override
    public boolean hasNext() {
        @Nullable ReceiptCursor after = this.page.next();
        while (!this.left.hasNext() && after != null) {
            this.page = this.store.query(this.filter, after, this.limit);
            this.left = this.page.receipts().iterator();
            after = this.page.next();
        }
        return this.left.hasNext();
    }

    @Override
    public Receipt next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more receipts");
        }
        return this.left.next();
    }
}

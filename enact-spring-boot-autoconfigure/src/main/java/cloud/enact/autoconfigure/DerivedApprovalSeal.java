package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalSeal;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.undo.UndoSeal;

/** A seal under keys that are derived from those that sign receipts, for one purpose each. */
final class DerivedApprovalSeal implements ApprovalSeal {

    private final UndoSeal seal;

    private DerivedApprovalSeal(UndoSeal seal) {
        this.seal = seal;
    }

    static ApprovalSeal ofStore(ReceiptKeys keys) {
        return new DerivedApprovalSeal(keys.seal("enact/approval-store/v1"));
    }

    static ApprovalSeal ofLinks(ReceiptKeys keys) {
        return new DerivedApprovalSeal(keys.seal("enact/approval-link/v1"));
    }

    @Override
    public String seal(byte[] bytes) {
        return this.seal.seal(bytes);
    }

    @Override
    public boolean verify(byte[] bytes, String tag) {
        return this.seal.verify(bytes, tag);
    }
}

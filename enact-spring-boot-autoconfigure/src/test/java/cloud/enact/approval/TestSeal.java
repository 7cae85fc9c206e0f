package cloud.enact.approval;

import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.undo.UndoSeal;

/** A seal as applications have it. */
public final class TestSeal implements ApprovalSeal {

    private final UndoSeal seal;

    public TestSeal(String secret) {
        this.seal = ReceiptKeys.of(ReceiptSigner.hs256(secret)).seal("enact/approval-tests/v1");
    }

    public TestSeal() {
        this("a-secret-for-tests-that-is-long-enough");
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

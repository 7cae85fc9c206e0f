package cloud.enact.receipt;

class MemoryReceiptStoreTests extends ReceiptStoreContract {

    private final ReceiptStore store = ReceiptStore.inMemory(5000);

    @Override
    protected ReceiptStore store() {
        return this.store;
    }
}

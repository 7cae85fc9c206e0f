package cloud.enact.receipt;

class MemoryCheckpointStoreTests extends CheckpointStoreContract {

    private final MemoryReceiptStore store = new MemoryReceiptStore(5000);

    @Override
    protected CheckpointStore checkpoints() {
        return this.store;
    }
}

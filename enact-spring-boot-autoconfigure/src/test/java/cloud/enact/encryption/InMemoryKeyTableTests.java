package cloud.enact.encryption;

class InMemoryKeyTableTests extends KeyTableContract {

    private final KeyTable table = KeyTable.inMemory();

    @Override
    protected KeyTable table() {
        return this.table;
    }
}

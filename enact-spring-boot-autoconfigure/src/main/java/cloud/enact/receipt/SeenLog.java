package cloud.enact.receipt;

/**
 * What a log was seen to be by whoever looks again: it can only grow.
 *
 * @param size how many entries it had
 * @param root Merkle tree hash over them
 */
record SeenLog(long size, byte[] root) {

    SeenLog {
        root = root.clone();
    }

    @Override
    public byte[] root() {
        return this.root.clone();
    }
}

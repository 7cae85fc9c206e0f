package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of checkpoints promises; the numbers are those of {@link CheckpointStore}. */
public abstract class CheckpointStoreContract {

    private final CheckpointSigner signer =
            CheckpointSigner.derivedFrom("example.com/billing", ReceiptSigner.hs256(Drafts.SECRET));

    /** The store under test: the same one throughout a test, empty at its start, with room for a few thousand. */
    protected abstract CheckpointStore checkpoints();

    private Checkpoint checkpoint(String log, long size) {
        return this.signer.sign(log, size, MerkleTree.leaf(new byte[] {(byte) size}), Drafts.NOW.plusSeconds(size));
    }

    private static byte[] range(long size) {
        byte[] range = new byte[Long.bitCount(size) * MerkleTree.HASH];
        range[0] = (byte) size;
        return range;
    }

    private Checkpoint save(String log, long size) {
        Checkpoint checkpoint = checkpoint(log, size);
        checkpoints().save(checkpoint, range(size));
        return checkpoint;
    }

    @Test
    @DisplayName("1. the same checkpoint again is a no-op")
    void again() {
        Checkpoint checkpoint = save("a", 5);

        checkpoints().save(checkpoint, range(5));

        assertThat(checkpoints().checkpoints("a", 0, 10)).containsExactly(checkpoint);
    }

    @Test
    @DisplayName("2. another checkpoint of the same size is refused")
    void oneOfEachSize() {
        Checkpoint checkpoint = save("a", 5);
        Checkpoint other = this.signer.sign("a", 5, new MerkleTree().root(), Drafts.NOW);

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> checkpoints().save(other, range(5)))
                .withMessageContaining("another checkpoint");

        assertThat(checkpoints().checkpoints("a", 0, 10)).containsExactly(checkpoint);
    }

    @Test
    @DisplayName("3. the newest checkpoint of a log comes back with its edge, exactly as it was saved")
    void newest() {
        save("a", 9);
        Checkpoint newest = save("a", 11);
        save("a", 10);
        save("b", 500);

        assertThat(checkpoints().newest("a")).hasValueSatisfying(saved -> {
            assertThat(saved.checkpoint().note()).isEqualTo(newest.note());
            assertThat(saved.checkpoint().root()).isEqualTo(newest.root());
            assertThat(saved.checkpoint().timestamp()).isEqualTo(newest.timestamp());
            assertThat(saved.range()).isEqualTo(range(11));
        });
        assertThat(checkpoints().newest("c")).isEmpty();
    }

    @Test
    @DisplayName("5. pages come in ascending size, and no longer than asked for")
    void pages() {
        save("b", 4);
        List<Checkpoint> saved = List.of(save("a", 1), save("a", 7), save("a", 300), save("a", 5_000_000_000L));

        assertThat(checkpoints().checkpoints("a", 0, 2)).isEqualTo(saved.subList(0, 2));
        assertThat(checkpoints().checkpoints("a", 7, 1000)).isEqualTo(saved.subList(1, 4));
        assertThat(checkpoints().checkpoints("a", 301, 1)).isEqualTo(saved.subList(3, 4));
        assertThat(checkpoints().checkpoints("a", Long.MAX_VALUE, 10)).isEmpty();
        assertThat(checkpoints().checkpoints("c", 0, 10)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> checkpoints().checkpoints("a", 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> checkpoints().checkpoints("a", 0, 1001));
    }
}

package cloud.enact.receipt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A log of known entries, and checkpoints of it signed whenever a test asks for one. */
public final class SignedLog implements AnchorSource {

    public static final CheckpointSigner SIGNER =
            CheckpointSigner.derivedFrom("test", ReceiptSigner.hs256(Drafts.SECRET));

    public static final CheckpointKeys KEYS = CheckpointKeys.of(List.of(SIGNER.key()));

    private final String id;

    private final String name;

    private final List<byte[]> entries = new ArrayList<>();

    private final List<String> notes = new ArrayList<>();

    private final ReceiptLog log;

    public SignedLog(String id, String name) {
        this.id = id;
        this.name = name;
        this.log = ReceiptLog.direct(
                id,
                ReceiptStore.inMemory(100_000),
                ReceiptSigner.hs256(Drafts.SECRET),
                Masking.defaults(),
                Drafts.CLOCK);
    }

    /** Appends so many entries. */
    public SignedLog append(int count) {
        for (int i = 0; i < count; i++) {
            this.entries.add(this.log
                    .append(Drafts.decided(Drafts.run(), Map.of("number", (long) this.entries.size())))
                    .bytes());
        }
        return this;
    }

    /** Signs a checkpoint of all entries so far, and remembers it as a sink would. */
    public Checkpoint anchor() {
        Checkpoint checkpoint = checkpoint(SIGNER);
        this.notes.add(checkpoint.note());
        return checkpoint;
    }

    public Checkpoint checkpoint(CheckpointSigner signer) {
        MerkleTree tree = new MerkleTree();
        this.entries.forEach(tree::append);
        return signer.sign(this.id, tree.size(), tree.root(), Drafts.NOW.plus(Duration.ofSeconds(this.entries.size())));
    }

    /** Remembers a note that somebody else wrote. */
    public SignedLog remember(String note) {
        this.notes.add(note);
        return this;
    }

    public List<byte[]> entries() {
        return new ArrayList<>(this.entries);
    }

    /** The log as somebody left it. */
    public static ReceiptStore store(String id, List<byte[]> entries) {
        return new TamperedStore(id, entries);
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public void notes(Consumer<String> visitor) {
        this.notes.forEach(visitor);
    }
}

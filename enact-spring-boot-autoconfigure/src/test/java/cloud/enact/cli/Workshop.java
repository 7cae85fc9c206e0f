package cloud.enact.cli;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.MasterKey;
import cloud.enact.encryption.MasterKeys;
import cloud.enact.encryption.Subjects;
import cloud.enact.encryption.sqlite.SqliteKeyTable;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointKey;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.LogLease;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptLogOptions;
import cloud.enact.receipt.ReceiptSealer;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.UndoEncryption;
import cloud.enact.undo.UndoRecord;
import cloud.enact.undo.sqlite.SqliteUndoLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An application with an embedded store whose agent works on the files of one directory. */
final class Workshop implements AutoCloseable {

    static final String SECRET = "a secret of more than 32 characters, for tests";

    private static final Set<String> OPERATIONS = Set.of("write_file", "delete_file", "delete_dir", "move_file");

    final Path file;

    final Path root;

    private final Clock clock = Clock.systemUTC();

    private final IdGenerator ids = IdGenerator.uuidV7(this.clock);

    private final SqliteReceiptStore store;

    private final LogLease lease;

    private final CheckpointSigner checkpoints;

    private final ReceiptLog log;

    private final SqliteUndoLog undoLog;

    private final @Nullable SqliteKeyTable table;

    private final BlobStore blobs;

    private final FilesystemConnector files;

    private final List<ActionStep> steps = new ArrayList<>();

    private ActionRequest current;

    Workshop(Path folder) throws IOException {
        this(folder, ReceiptSigner.hs256(SECRET));
    }

    Workshop(Path folder, ReceiptSigner signer) throws IOException {
        this(folder, signer, null);
    }

    /** An application that encrypts with a master key, or with none. */
    Workshop(Path folder, ReceiptSigner signer, @Nullable MasterKey master) throws IOException {
        this.file = folder.resolve("enact").resolve("enact.db");
        this.root = Files.createDirectories(folder.resolve("work"));
        this.store = SqliteReceiptStore.open(this.file);
        this.lease = this.store.lease(this.ids);
        this.table = (master != null) ? SqliteKeyTable.open(this.file.resolveSibling("keys.db")) : null;
        KeyRing keys = (master != null) ? new KeyRing(this.table, MasterKeys.of(master), this.clock) : null;
        Masking masking = (keys != null)
                ? Masking.defaults().sealedBy(new ReceiptSealer(keys, Subjects.actors(), () -> this.store))
                : Masking.defaults();
        this.checkpoints = CheckpointSigner.derivedFrom("example.org/workshop", signer);
        this.log = ReceiptLog.groupCommit(
                this.lease.log(), this.store, signer, masking, ReceiptLogOptions.defaults(), this.clock);
        this.undoLog = SqliteUndoLog.open(
                this.store.file(),
                ReceiptKeys.of(signer).undoSeal(),
                (keys != null) ? new UndoEncryption(keys, Subjects.actors(), true) : null);
        Path directory = this.file.resolveSibling("undo");
        this.blobs = (keys != null)
                ? BlobStore.inDirectory(directory, BlobStore.DEFAULT_MAX_BYTES, keys, true)
                : BlobStore.inDirectory(directory);
        this.files = FilesystemConnector.root(this.root).operations(OPERATIONS).build(this::perform, this.blobs);
        this.current = request(this.run(), "files.work", Reversibility.REVERSIBLE);
    }

    RunId run() {
        return new RunId(this.ids.next());
    }

    String log() {
        return this.lease.log();
    }

    /** A checkpoint over what is in the log by now. */
    Checkpoint checkpoint() {
        MerkleTree tree = new MerkleTree();
        for (List<Receipt> page = this.store.read(log(), 1, 1000);
                !page.isEmpty();
                page = this.store.read(log(), tree.size() + 1, 1000)) {
            page.forEach(receipt -> tree.append(receipt.bytes()));
        }
        Checkpoint checkpoint = this.checkpoints.sign(log(), tree.size(), tree.root(), this.clock.instant());
        this.store.save(checkpoint, tree.range());
        return checkpoint;
    }

    CheckpointKey checkpointKey() {
        return this.checkpoints.key();
    }

    private ActionRequest request(RunId run, String action, Reversibility reversibility) {
        return new ActionRequest(
                this.ids.next(),
                new Run(run, "tidying up"),
                null,
                action,
                Map.of(),
                Actor.of("agent@example.org"),
                null,
                reversibility,
                this.clock.instant());
    }

    /** A governed action that comes to its end. */
    RunId does(Consumer<FilesystemConnector> work) {
        RunId run = run();
        does(run, work);
        return run;
    }

    void does(RunId run, Consumer<FilesystemConnector> work) {
        begins(run, work);
        this.log.append(ReceiptDraft.completed(
                this.current,
                Decision.of(List.of(), EnactMode.ENFORCE, "sha256:00"),
                EnactMode.ENFORCE,
                this.clock.instant(),
                Reversibility.REVERSIBLE,
                Map.of("status", "SUCCEEDED"),
                List.copyOf(this.steps)));
    }

    /** A governed action that is under way. */
    void begins(RunId run, Consumer<FilesystemConnector> work) {
        this.steps.clear();
        this.current = request(run, "files.work", Reversibility.REVERSIBLE);
        this.log.append(ReceiptDraft.decided(
                this.current,
                Decision.of(
                        List.of(Verdict.pass("filesystem.restrict-paths", "within the work directory")),
                        EnactMode.ENFORCE,
                        "sha256:00"),
                EnactMode.ENFORCE));
        work.accept(this.files);
    }

    /** An irreversible action of a name that somebody chose. */
    RunId publishes(String action) {
        RunId run = run();
        ActionRequest request = request(run, action, Reversibility.IRREVERSIBLE);
        Decision pass = Decision.of(List.of(), EnactMode.ENFORCE, "sha256:00");
        this.log.append(ReceiptDraft.decided(request, pass, EnactMode.ENFORCE));
        this.log.append(ReceiptDraft.completed(
                request,
                pass,
                EnactMode.ENFORCE,
                this.clock.instant(),
                Reversibility.IRREVERSIBLE,
                Map.of("status", "SUCCEEDED"),
                List.of()));
        return run;
    }

    private StepResult perform(StepOperation step) {
        try {
            Capture capture = step.capture(this.blobs);
            UndoRecord record = (capture != null)
                    ? this.undoLog
                            .about(this.current)
                            .begin(
                                    this.current.run().id(),
                                    this.current.actionId(),
                                    step.connector(),
                                    step.operation(),
                                    step.undoArgs(),
                                    step.reversibility(),
                                    capture)
                    : null;
            StepResult result = step.apply(capture);
            if (record != null) {
                this.undoLog.end(record.position(), UndoRecord.State.DONE, result.fingerprint());
            }
            this.steps.add(new ActionStep(
                    step.action(),
                    true,
                    result.output(),
                    result.alreadyDone(),
                    step.reversibility(),
                    (record != null) ? record.position() : null,
                    (record != null) ? record.digest() : null));
            return result;
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() throws IOException {
        this.files.close();
        this.log.close();
        this.undoLog.close();
        this.store.close();
        this.lease.close();
        if (this.table != null) {
            this.table.close();
        }
    }
}

package cloud.enact.receipt;

import cloud.enact.action.RunId;
import cloud.enact.encryption.DataKey;
import cloud.enact.encryption.EncryptionException;
import cloud.enact.encryption.KeyRing;
import cloud.enact.encryption.Subjects;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Encrypts what receipts say before they are signed, so that whoever keeps them can't read it. Each receipt is
 * encrypted with the key of whom it is about; what was found out about an action in doubt with the key of that action,
 * and what came of a rollback with the key of the newest action of its run.
 * Thread-safe.
 */
public final class ReceiptSealer {

    private static final int PAGE = 200;

    private final KeyRing keys;

    private final Subjects subjects;

    private final Supplier<ReceiptStore> store;

    /**
     * Creates a sealer.
     *
     * @param keys give a key per subject
     * @param subjects know whom an action is about
     * @param store asked for the key of a run that is undone or settled
     */
    public ReceiptSealer(KeyRing keys, Subjects subjects, Supplier<ReceiptStore> store) {
        this.keys = keys;
        this.subjects = subjects;
        this.store = store;
    }

    /** Whether receipts of a kind are encrypted; Enact itself has to read the others. */
    static boolean seals(ReceiptKind kind) {
        return switch (kind) {
            case DECIDED,
                    COMPLETED,
                    APPROVAL_REQUESTED,
                    APPROVAL_ANSWERED,
                    ROLLBACK_STARTED,
                    ROLLED_BACK,
                    RECONCILED,
                    GAP -> true;
            case KEY, PRUNED, CONFIG -> false;
        };
    }

    DataKey key(ReceiptDraft draft) {
        Optional<DataKey> known = (draft.kind() == ReceiptKind.RECONCILED)
                ? keyOf(draft.runId(), draft.actionId())
                : Optional.ofNullable(draft.originalRunId()).flatMap(this::keyOfRun);
        if (known.isPresent()) {
            return known.get();
        }
        return this.keys.of(this.subjects.of(
                draft.actionId(),
                draft.parentActionId(),
                draft.action(),
                draft.actor(),
                (draft.payload() != null) ? draft.payload() : Map.of()));
    }

    private Optional<DataKey> keyOfRun(RunId run) {
        ReceiptFilter filter =
                ReceiptFilter.builder().run(run).kind(ReceiptKind.DECIDED).build();
        return this.store.get().newest(filter).flatMap(SealedContent::kid).flatMap(this::find);
    }

    private Optional<DataKey> keyOf(RunId run, UUID action) {
        ReceiptFilter filter =
                ReceiptFilter.builder().run(run).kind(ReceiptKind.DECIDED).build();
        for (Receipt receipt : this.store.get().all(filter, PAGE)) {
            if (receipt.actionId().equals(action)) {
                return SealedContent.kid(receipt).flatMap(this::find);
            }
        }
        return Optional.empty();
    }

    private Optional<DataKey> find(String kid) {
        try {
            return Optional.of(this.keys.find(kid));
        } catch (EncryptionException ex) {
            // erased or lost: then nothing that a rollback could tell of it can be read either
            return Optional.empty();
        }
    }

    /** What binds encrypted content to its receipt. */
    static byte[] context(String log, ReceiptKind kind, RunId runId, UUID actionId, Instant timestamp) {
        return ("enact/receipt/v1\n" + log + '\n' + kind + '\n' + runId + '\n' + actionId + '\n'
                        + Timestamps.format(timestamp))
                .getBytes(StandardCharsets.UTF_8);
    }
}

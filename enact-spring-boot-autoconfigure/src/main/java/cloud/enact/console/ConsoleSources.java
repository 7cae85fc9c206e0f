package cloud.enact.console;

import cloud.enact.approval.ApprovalService;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.VerificationWatch;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.UndoLog;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows; what is {@code null} has no page, or no button.
 *
 * @param store holds the receipts
 * @param verifier checks them
 * @param contents reads encrypted ones
 * @param masking takes secrets out of captured state
 * @param undoLog holds captured state
 * @param blobs holds captured content
 * @param rollbacks undoes runs, or {@code null} where that is not enabled
 * @param recovery settles actions in doubt
 * @param approvals takes answers
 * @param policies the effective set
 * @param proposed makes sets of drafts
 * @param replay asks drafts about recorded calls
 * @param search finds receipts by words
 * @param log the log that this process writes
 * @param watch verifies in the background
 */
public record ConsoleSources(
        ReceiptStore store,
        ReceiptVerifier verifier,
        ReceiptContents contents,
        Masking masking,
        @Nullable UndoLog undoLog,
        @Nullable BlobStore blobs,
        @Nullable RollbackService rollbacks,
        @Nullable RecoveryService recovery,
        @Nullable ApprovalService approvals,
        @Nullable PolicySet policies,
        @Nullable ProposedPolicies proposed,
        @Nullable PolicyReplay replay,
        @Nullable ReceiptSearch search,
        @Nullable ReceiptLog log,
        @Nullable VerificationWatch watch) {}

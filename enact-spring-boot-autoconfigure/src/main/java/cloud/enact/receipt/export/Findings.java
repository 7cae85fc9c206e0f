package cloud.enact.receipt.export;

import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.receipt.VerificationState;
import java.util.ArrayList;
import java.util.List;

/** What a check of evidence found so far. Not thread-safe. */
final class Findings {

    private final List<VerificationProblem> problems = new ArrayList<>();

    private long problemCount;

    private long signed;

    private long signedByOwnKey;

    private long included;

    private long includedByOwnKey;

    private long notIncluded;

    void problem(String log, long seq, VerificationState state, String detail) {
        this.problemCount++;
        if (this.problems.size() < Verification.MAX_PROBLEMS) {
            this.problems.add(new VerificationProblem(log, seq, state, detail));
        }
    }

    /** The signature of a receipt was looked at. */
    void signed(boolean named) {
        if (named) {
            this.signed++;
        } else {
            this.signedByOwnKey++;
        }
    }

    /** The signatures of receipts could not be checked, and they are in the log. */
    void included(long count, boolean named) {
        if (named) {
            this.included += count;
        } else {
            this.includedByOwnKey += count;
        }
    }

    /** Nothing shows that a receipt is in its log. */
    void notIncluded() {
        this.notIncluded++;
    }

    long signed() {
        return this.signed;
    }

    long signedByOwnKey() {
        return this.signedByOwnKey;
    }

    long included() {
        return this.included;
    }

    long includedByOwnKey() {
        return this.includedByOwnKey;
    }

    long receiptsNotIncluded() {
        return this.notIncluded;
    }

    /** Another verification together with what is here. */
    Verification with(Verification other) {
        List<VerificationProblem> all = new ArrayList<>(other.problems());
        all.addAll(this.problems.subList(0, Math.min(this.problems.size(), Verification.MAX_PROBLEMS - all.size())));
        return new Verification(other.checked(), all, other.problemCount() + this.problemCount, other.exposure());
    }
}

package cloud.enact.receipt;

import java.util.ArrayList;
import java.util.List;

/** What a verification finds on its way; the first problems are kept, and all are counted. Not thread-safe. */
final class Findings {

    private final List<VerificationProblem> problems = new ArrayList<>();

    private long count;

    private long checked;

    private Exposure exposure = Exposure.none();

    /** One more entry was looked at. */
    void checked() {
        this.checked++;
    }

    void add(Receipt entry, VerificationState state, String detail) {
        add(entry.log(), entry.seq(), state, detail);
    }

    void add(Receipt entry, KeyTrail.Finding finding) {
        add(entry, finding.state(), finding.detail());
    }

    void add(VerificationProblem problem) {
        add(problem.log(), problem.seq(), problem.state(), problem.detail());
    }

    void add(String log, long seq, VerificationState state, String detail) {
        this.count++;
        if (this.problems.size() < Verification.MAX_PROBLEMS) {
            this.problems.add(new VerificationProblem(log, seq, state, detail));
        }
    }

    /** A log was compared with signed heads. */
    void add(Exposure part) {
        this.exposure = this.exposure.plus(part);
    }

    /** What was found so far, to find more. */
    Findings copy() {
        Findings copy = new Findings();
        copy.add(result());
        return copy;
    }

    void add(Verification other) {
        this.checked += other.checked();
        this.count += other.problemCount();
        this.exposure = this.exposure.plus(other.exposure());
        int room = Verification.MAX_PROBLEMS - this.problems.size();
        this.problems.addAll(
                other.problems().subList(0, Math.min(room, other.problems().size())));
    }

    Verification result() {
        return new Verification(this.checked, this.problems, this.count, this.exposure);
    }
}

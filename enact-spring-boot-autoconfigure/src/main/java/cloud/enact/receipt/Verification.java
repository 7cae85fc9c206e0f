package cloud.enact.receipt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param checked entries that were looked at
 * @param problems what is wrong, in the order it was found; the first {@link #MAX_PROBLEMS}
 * @param problemCount how many problems there are in all
 * @param exposure what signed heads of logs say of these entries, and which are behind the newest
 */
public record Verification(long checked, List<VerificationProblem> problems, long problemCount, Exposure exposure) {

    /** Problems that are listed at most. */
    public static final int MAX_PROBLEMS = 1000;

    public Verification {
        problems = List.copyOf(problems);
    }

    /** A verification that compared nothing with signed heads. */
    public Verification(long checked, List<VerificationProblem> problems, long problemCount) {
        this(checked, problems, problemCount, Exposure.none());
    }

    /** Whether nothing is wrong. */
    public boolean valid() {
        return this.problemCount == 0;
    }

    /** A sentence that sums it up. */
    public String summary() {
        if (valid()) {
            return this.checked + ((this.checked == 1) ? " entry verified" : " entries verified");
        }
        VerificationProblem first = this.problems.get(0);
        return this.problemCount + ((this.problemCount == 1) ? " problem in " : " problems in ") + this.checked
                + ((this.checked == 1) ? " entry" : " entries") + ", first: "
                + (first.log().isEmpty() ? "" : "entry " + first.seq() + " of log " + first.log() + ": ")
                + first.detail();
    }

    /** What was found as JSON-like values. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("valid", valid());
        map.put("checked", this.checked);
        map.put("summary", summary());
        map.put("exposure", this.exposure.asMap());
        map.put(
                "problems",
                this.problems.stream().map(VerificationProblem::asMap).toList());
        return map;
    }
}

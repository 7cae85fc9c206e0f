package cloud.enact.receipt.export;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.Exposure;
import cloud.enact.receipt.Verification;
import cloud.enact.receipt.VerificationProblem;
import cloud.enact.receipt.export.TrustedKeys.Signed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check of a bundle came to. Immutable. */
public final class BundleReport {

    /** What can be said of a bundle as a whole. */
    public enum State {
        /** Every receipt has a signature of a key that was named, and nothing is wrong. */
        VERIFIED,
        /**
         * Nothing is wrong, and not everything could be checked: signatures without their secret, or with keys that are
         * only known from the bundle. Neither valid nor broken.
         */
        NOT_FULLY_CHECKED,
        /** Something is wrong. */
        BROKEN
    }

    private final String scope;

    private final boolean complete;

    private final Verification verification;

    private final Findings findings;

    private final List<Signed> checkpoints;

    private final List<String> ownKeys;

    private final List<ReportRow> rows;

    BundleReport(
            BundleManifest manifest,
            Verification verification,
            Findings findings,
            List<Signed> checkpoints,
            List<String> ownKeys,
            List<ReportRow> rows) {
        this.scope = manifest.scope();
        this.complete = manifest.complete();
        this.verification = verification;
        this.findings = findings;
        this.checkpoints = List.copyOf(checkpoints);
        this.ownKeys = List.copyOf(ownKeys);
        this.rows = List.copyOf(rows);
    }

    /** What can be said of the bundle. */
    public State state() {
        if (!this.verification.valid()) {
            return State.BROKEN;
        }
        return (this.findings.signed() == this.verification.checked()) ? State.VERIFIED : State.NOT_FULLY_CHECKED;
    }

    /** What was found of the receipts. */
    public Verification verification() {
        return this.verification;
    }

    List<ReportRow> rows() {
        return this.rows;
    }

    /** What was found, in sentences; texts of others in it are plain. */
    public List<String> sentences() {
        List<String> lines = new ArrayList<>();
        lines.add(
                this.complete
                        ? "bundle of whole logs"
                        : "bundle of a part of the logs, in its own words: " + this.scope
                                + "; what is not in it was not checked");
        lines.add(summary());
        add(lines, this.findings.signed(), "signature fits a key that you named");
        add(
                lines,
                this.findings.signedByOwnKey(),
                "signature fits a key that is only known from the bundle: compare the key");
        add(
                lines,
                this.findings.included(),
                "signature not checkable without the secret; in the log by inclusion proof");
        add(
                lines,
                this.findings.includedByOwnKey(),
                "signature not checkable without the secret; in a log whose checkpoint key is only known from the"
                        + " bundle: compare the key");
        if (!this.complete) {
            add(
                    lines,
                    this.findings.receiptsNotIncluded(),
                    "not shown to be in a log: no checkpoint covers it, or the bundle has no proof");
        }
        for (Signed signed : this.checkpoints) {
            lines.add("checkpoint " + place(signed.checkpoint()) + " of "
                    + signed.checkpoint().timestamp()
                    + (signed.named() ? ", signed with a key that you named" : ", key only known from the bundle"));
        }
        if (this.complete) {
            lines.add(exposure());
        }
        this.ownKeys.forEach(key -> lines.add("key in the bundle: " + key));
        lines.add("result: " + state());
        return lines;
    }

    /** Entries are not verified as long as there is something that could not be checked. */
    private String summary() {
        long checked = this.verification.checked();
        return this.verification.valid()
                ? checked
                        + ((checked == 1)
                                ? " receipt checked, nothing is wrong"
                                : " receipts checked, nothing is wrong")
                : this.verification.summary();
    }

    /** Whoever cuts receipts off leaves out later checkpoints as well. */
    private String exposure() {
        Exposure exposure = this.verification.exposure();
        long anchors = exposure.anchors();
        String compared = anchors + ((anchors == 1) ? " checkpoint" : " checkpoints") + " from outside the bundle "
                + ((anchors == 1) ? "agrees" : "agree");
        return (exposure.entries() == 0)
                ? compared
                : compared + "; it would not show if receipts were cut off behind "
                        + ((anchors == 0) ? "the last ones here" : "the last " + exposure.entries() + " here");
    }

    private static void add(List<String> lines, long count, String what) {
        if (count > 0) {
            lines.add("  " + count + ": " + what);
        }
    }

    private static String place(Checkpoint checkpoint) {
        return checkpoint.log() + "/" + checkpoint.size();
    }

    /** What was found as JSON-like values. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("state", state().name());
        map.put("scope", this.scope);
        map.put("complete", this.complete);
        map.putAll(this.verification.asMap());
        map.put("valid", state() == State.VERIFIED);
        map.put("summary", summary());
        Map<String, @Nullable Object> receipts = new LinkedHashMap<>();
        receipts.put("signature_verified", this.findings.signed());
        receipts.put("signature_verified_with_key_of_bundle", this.findings.signedByOwnKey());
        receipts.put("in_log_signature_not_checkable", this.findings.included());
        receipts.put("in_log_with_key_of_bundle_signature_not_checkable", this.findings.includedByOwnKey());
        receipts.put("not_shown_to_be_in_log", this.findings.receiptsNotIncluded());
        map.put("receipts", receipts);
        map.put(
                "checkpoints",
                this.checkpoints.stream().map(BundleReport::checkpoint).toList());
        map.put("keys_of_bundle", this.ownKeys);
        return map;
    }

    private static Map<String, @Nullable Object> checkpoint(Signed signed) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("log", signed.checkpoint().log());
        map.put("size", signed.checkpoint().size());
        map.put("timestamp", signed.checkpoint().timestamp().toString());
        map.put("key_named", signed.named());
        return map;
    }

    /** The report as indented JSON. */
    public String toJson() {
        return new JsonText().pretty(asMap());
    }

    /** The report as a web page that loads nothing and runs nothing. */
    public String toHtml() {
        return new ReportPage(this).html();
    }

    List<VerificationProblem> problems() {
        return this.verification.problems();
    }
}

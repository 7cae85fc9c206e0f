package cloud.enact.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question to people, and what they said so far. Immutable.
 *
 * @param id its ticket, a version 7 UUID
 * @param asked the call it is about
 * @param terms what an answer takes and what it is good for
 * @param timestamp when it was asked
 * @param state what became of it
 * @param answers in the order they came
 * @param version counts its changes, from 0
 * @param notes what went wrong with telling people, as sentences
 * @param change what is about to become of it and does not count yet, or {@code null}
 */
public record ApprovalRequest(
        UUID id,
        AskedCall asked,
        ApprovalTerms terms,
        Instant timestamp,
        ApprovalState state,
        List<ApprovalAnswer> answers,
        long version,
        List<String> notes,
        @Nullable ApprovalChange change) {

    /** Notes of one request. */
    private static final int MOST_NOTES = 10;

    public ApprovalRequest {
        answers = List.copyOf(answers);
        notes = List.copyOf(notes);
    }

    /** A request without notes, of which nothing is about to become. */
    public ApprovalRequest(
            UUID id,
            AskedCall asked,
            ApprovalTerms terms,
            Instant timestamp,
            ApprovalState state,
            List<ApprovalAnswer> answers,
            long version) {
        this(id, asked, terms, timestamp, state, answers, version, List.of(), null);
    }

    /** As JSON-like values, for doors that show it to people and programs. */
    public Map<String, @Nullable Object> asMap() {
        return ApprovalJson.shown(this);
    }

    /** The next version, with one more note unless there are many. */
    ApprovalRequest noted(String sentence) {
        List<String> all = new ArrayList<>(this.notes);
        if (all.size() < MOST_NOTES) {
            all.add(sentence);
        }
        return next(this.state, this.answers, all, this.change);
    }

    /** The next version, in another state. */
    ApprovalRequest become(ApprovalState next) {
        return next(next, this.answers, this.notes, null);
    }

    /** The next version, of which something is about to become: it can't be used, and nothing else can become of it. */
    ApprovalRequest about(ApprovalChange next) {
        return next(this.state, this.answers, this.notes, next);
    }

    /** The next version, in which what was about to become of it counts. */
    ApprovalRequest changed(ApprovalChange counted) {
        ApprovalAnswer answer = counted.answer();
        return (answer != null) ? with(answer) : become(counted.next());
    }

    /** The next version, of which nothing is about to become any more. */
    ApprovalRequest unchanged() {
        return next(this.state, this.answers, this.notes, null);
    }

    /** The next version, with one more answer and what it comes to. */
    private ApprovalRequest with(ApprovalAnswer answer) {
        List<ApprovalAnswer> all = new ArrayList<>(this.answers);
        all.add(answer);
        return next(after(answer), all, this.notes, null);
    }

    /** What one more answer comes to. */
    ApprovalState after(ApprovalAnswer answer) {
        if (!answer.approved()) {
            return ApprovalState.DENIED;
        }
        long yes = this.answers.stream().filter(ApprovalAnswer::approved).count() + 1;
        return (yes >= this.terms.approvers()) ? ApprovalState.APPROVED : ApprovalState.PENDING;
    }

    private ApprovalRequest next(
            ApprovalState next, List<ApprovalAnswer> given, List<String> known, @Nullable ApprovalChange about) {
        return new ApprovalRequest(
                this.id, this.asked, this.terms, this.timestamp, next, given, this.version + 1, known, about);
    }
}

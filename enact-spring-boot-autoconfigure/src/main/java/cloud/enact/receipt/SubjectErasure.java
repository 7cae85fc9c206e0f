package cloud.enact.receipt;

import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.RunId;
import cloud.enact.encryption.KeyRing;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Erases what is kept of a subject, by dropping the key it is encrypted with: in receipts, captured state and every
 * copy of them. Two receipts tell of it, one before and one after, by the id of the key. Thread-safe.
 */
public final class SubjectErasure {

    /** Name of the action of such receipts. */
    public static final String ACTION = "enact.erase_subject";

    private final KeyRing keys;

    private final Supplier<ReceiptLog> log;

    private final IdGenerator ids;

    private final Clock clock;

    /**
     * Creates the service.
     *
     * @param keys the keys of subjects
     * @param log records what is erased
     * @param ids names the runs of these records
     * @param clock tells their time
     */
    public SubjectErasure(KeyRing keys, Supplier<ReceiptLog> log, IdGenerator ids, Clock clock) {
        this.keys = keys;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Erases a subject, for ever. What is recorded of it later has another key.
     *
     * @param subject as the resolver of subjects names it; the actor's id where there is none
     * @param by who wants that
     * @param reason why, which stays readable: don't name the subject in it; or {@code null}
     * @return id of the key that is dropped; empty when nothing of the subject is encrypted
     * @throws RuntimeException when it could not be recorded, and nothing was erased; or not be finished, as its message
     *     says
     */
    public Optional<String> erase(String subject, Actor by, @Nullable String reason) {
        Optional<String> kid = this.keys.kidOf(subject);
        kid.ifPresent(key -> drop(key, by, reason));
        return kid;
    }

    /**
     * Erases what is encrypted with a key, as {@link #erase} does; again, where that was not finished.
     *
     * @param kid id of the key, as receipts name it
     * @return whether there is such a key
     * @throws IllegalArgumentException for a key that is about no subject
     */
    public boolean eraseKey(String kid, Actor by, @Nullable String reason) {
        return this.keys.isOfSubject(kid) && drop(kid, by, reason);
    }

    private boolean drop(String kid, Actor by, @Nullable String reason) {
        RunId run = new RunId(this.ids.next());
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("kid", kid);
        if (reason != null) {
            payload.put("reason", reason);
        }
        record(run, by, payload, null);
        boolean known;
        try {
            known = this.keys.drop(kid);
        } catch (RuntimeException ex) {
            unfinished(run, by, kid, ex);
            throw ex;
        }
        record(run, by, Map.of("kid", kid), "SUCCEEDED");
        return known;
    }

    private void unfinished(RunId run, Actor by, String kid, RuntimeException why) {
        try {
            record(run, by, Map.of("kid", kid), "UNKNOWN");
        } catch (RuntimeException ex) {
            why.addSuppressed(ex);
        }
    }

    private void record(RunId run, Actor by, Map<String, @Nullable Object> payload, @Nullable String outcome) {
        this.log
                .get()
                .append(ReceiptDraft.of(
                        ReceiptKind.KEY,
                        run,
                        this.ids.next(),
                        this.clock.instant(),
                        ACTION,
                        by,
                        payload,
                        null,
                        (outcome != null) ? Map.of(ReceiptDraft.STATUS, outcome) : null,
                        null));
    }
}

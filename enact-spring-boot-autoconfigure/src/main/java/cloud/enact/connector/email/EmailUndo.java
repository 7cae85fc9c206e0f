package cloud.enact.connector.email;

import cloud.enact.undo.Fingerprint;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.Restoration;
import cloud.enact.undo.StepProbe;
import cloud.enact.undo.StepRestoration;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says that nothing takes a message back, and whether one was sent at all. Thread-safe. */
final class EmailUndo implements StepUndo {

    private static final String NOTHING = "nothing";

    private final String connector;

    private final IdempotencyKeys keys;

    EmailUndo(String connector, IdempotencyKeys keys) {
        this.connector = connector;
        this.keys = keys;
    }

    /** What a step leaves that sent nothing. */
    static Fingerprint nothing() {
        return new Fingerprint(Map.of(NOTHING, true));
    }

    @Override
    public String connector() {
        return this.connector;
    }

    @Override
    public List<StepRestoration> precheck(List<UndoRecord> newestFirst) {
        return newestFirst.stream().map(record -> undo(record, false)).toList();
    }

    @Override
    public StepRestoration undo(UndoRecord record, boolean force) {
        if (!record.connector().equals(this.connector)) {
            return StepRestoration.of(
                    record, Restoration.FAILED, "It was not done by connector '" + this.connector + "'.");
        }
        StepProbe sent = probe(record);
        return switch (sent.finding()) {
            case DONE ->
                StepRestoration.of(
                        record,
                        Restoration.IRREVERSIBLE,
                        "The message was sent, and nothing takes it back. Write to its recipients if that matters.");
            case NOT_DONE -> StepRestoration.of(record, Restoration.ALREADY_RESTORED, sent.detail());
            case UNKNOWN -> StepRestoration.of(record, Restoration.IRREVERSIBLE, sent.detail());
        };
    }

    @Override
    public StepProbe probe(UndoRecord record) {
        if (!record.connector().equals(this.connector)) {
            return StepProbe.of(
                    record, StepProbe.Finding.UNKNOWN, "It was not done by connector '" + this.connector + "'.");
        }
        if (Boolean.TRUE.equals(record.fingerprint().values().get(NOTHING))) {
            return StepProbe.of(record, StepProbe.Finding.NOT_DONE, "No message was sent.");
        }
        if (record.state() == UndoRecord.State.DONE) {
            return StepProbe.noted(record);
        }
        Object key = record.before().values().get("key");
        Object attempt = record.before().values().get("attempt");
        Optional<IdempotencyKeys.Use> use = this.keys.find(this.connector, String.valueOf(key));
        if (use.isEmpty() || !use.get().attempt().equals(attempt)) {
            return StepProbe.of(record, StepProbe.Finding.NOT_DONE, "The message was never handed to the mail server.");
        }
        return use.get().done()
                ? StepProbe.of(record, StepProbe.Finding.DONE, "The mail server took the message.")
                : StepProbe.of(
                        record,
                        StepProbe.Finding.UNKNOWN,
                        "The message may have been sent: the mail server's answer was lost. Look there for Message-ID "
                                + record.fingerprint().values().get("message_id") + ".");
    }

    @Override
    public boolean dependsOn(UndoRecord newer, UndoRecord older) {
        return false;
    }
}

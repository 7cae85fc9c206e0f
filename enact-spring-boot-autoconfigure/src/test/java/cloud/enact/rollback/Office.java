package cloud.enact.rollback;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.undo.ActionStep;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepUndo;
import cloud.enact.undo.UndoLog;
import cloud.enact.undo.UndoRecord;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two systems, a receipt log and an undo log, in which governed actions happen the way the gate makes them happen. */
final class Office {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    static final ReceiptSigner SIGNER = ReceiptSigner.hs256("a secret of more than 32 characters, for tests");

    static final Actor AGENT = Actor.of("agent@example.org");

    static final Actor ADMIN = Actor.of("admin@example.org", "admin");

    final HostileStore store = new HostileStore();

    final ReceiptLog log = ReceiptLog.direct("office", this.store, SIGNER, Masking.defaults(), CLOCK);

    final ReceiptVerifier verifier = new ReceiptVerifier(this.store, ReceiptKeys.of(SIGNER));

    final UndoLog undoLog = UndoLog.inMemory();

    final IdGenerator ids = IdGenerator.uuidV7(CLOCK);

    final KeyValues files = new KeyValues("files");

    final KeyValues tickets = new KeyValues("tickets");

    final KeyValues chat = new KeyValues("chat");

    final Set<UUID> inFlight = new HashSet<>();

    RollbackGate gate = RollbackGate.OPEN;

    final RollbackService service = service(this.log);

    RollbackService service(ReceiptLog log) {
        return service(log, this.undoLog, List.of(this.files, this.tickets, this.chat));
    }

    RollbackService service(ReceiptLog log, UndoLog undoLog, List<? extends StepUndo> undos) {
        return RollbackService.over(this.store, log, this.verifier, undoLog)
                .undos(undos)
                .inFlight(this.inFlight::contains)
                .blobs(new NoContent())
                .gate(wish -> this.gate.ask(wish))
                .build(this.ids, CLOCK);
    }

    RunId run() {
        return new RunId(this.ids.next());
    }

    /** A rollback as an administrator. */
    RollbackReport rollback(RunId run) {
        return this.service.rollback(RollbackRequest.of(run, ADMIN, "the agent was wrong"));
    }

    RollbackReport rollback(RunId run, Set<Long> skip, Set<Long> force) {
        return this.service.rollback(RollbackRequest.of(run, ADMIN, null)
                .skipping(new Selection(skip, Set.of()))
                .forcing(new Selection(force, Set.of())));
    }

    List<Receipt> receipts(ReceiptKind kind) {
        return this.store.read("office", 1, 1000).stream()
                .filter(receipt -> receipt.kind() == kind)
                .toList();
    }

    /** A person changes something, past the gate. */
    void unrelatedAction() {
        action(run(), "files.read").readOnly().succeeds();
    }

    ActionUnderWay action(RunId run, String name) {
        return new ActionUnderWay(run, name, null);
    }

    /** Values of keys stand in the records themselves. */
    private static final class NoContent implements BlobStore {

        @Override
        public String put(InputStream content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(String sha256) {
            throw new UnsupportedOperationException();
        }
    }

    /** A governed action that was let through and is under way. */
    final class ActionUnderWay {

        private final RunId run;

        private final String name;

        private final UUID id;

        private final @Nullable UUID parent;

        private final List<ActionStep> steps = new ArrayList<>();

        private Reversibility reversibility = Reversibility.REVERSIBLE;

        private EnactMode mode = EnactMode.ENFORCE;

        private @Nullable Receipt decided;

        private ActionUnderWay(RunId run, String name, @Nullable UUID parent) {
            this.run = run;
            this.name = name;
            this.id = Office.this.ids.next();
            this.parent = parent;
        }

        ActionUnderWay reversibility(Reversibility reversibility) {
            this.reversibility = reversibility;
            return this;
        }

        ActionUnderWay readOnly() {
            return reversibility(Reversibility.READ_ONLY);
        }

        ActionUnderWay observed() {
            this.mode = EnactMode.OBSERVE;
            return this;
        }

        UUID id() {
            return this.id;
        }

        /** An action that is made from this one. */
        ActionUnderWay within(String name) {
            return new ActionUnderWay(this.run, name, decide().id);
        }

        ActionUnderWay decide() {
            if (this.decided == null) {
                this.decided = Office.this.log.append(ReceiptDraft.decided(request(), decision(), this.mode));
            }
            return this;
        }

        void blocked() {
            Decision block = Decision.of(List.of(Verdict.block("test", "no")), EnactMode.ENFORCE, "sha256:00");
            Office.this.log.append(ReceiptDraft.decided(request(), block, EnactMode.ENFORCE));
        }

        ActionUnderWay put(KeyValues system, String key, @Nullable String value) {
            UndoRecord record = begin(system, "put", key, system.capture(key, value));
            system.put(key, value);
            Office.this.undoLog.end(record.position(), UndoRecord.State.DONE, null);
            return step(system.connector() + ".put", Reversibility.REVERSIBLE, record);
        }

        /** A step of a kind that {@link KeyValues} can't simply put back. */
        ActionUnderWay special(KeyValues system, String operation, Reversibility reversibility) {
            UndoRecord record = begin(system, operation, "special", system.capture("special", null));
            Office.this.undoLog.end(record.position(), UndoRecord.State.DONE, null);
            return step(system.connector() + "." + operation, reversibility, record);
        }

        /** The process ends after the intent was written. */
        UndoRecord begin(KeyValues system, String operation, String key, Capture capture) {
            decide();
            return Office.this.undoLog.begin(
                    this.run,
                    this.id,
                    system.connector(),
                    operation,
                    Map.of("key", key),
                    Reversibility.REVERSIBLE,
                    capture);
        }

        ActionUnderWay step(String action, Reversibility reversibility, @Nullable UndoRecord record) {
            return step(new ActionStep(
                    action,
                    true,
                    Map.of(),
                    null,
                    reversibility,
                    (record != null) ? record.position() : null,
                    (record != null) ? record.digest() : null));
        }

        ActionUnderWay step(ActionStep step) {
            decide();
            this.steps.add(step);
            return this;
        }

        Receipt succeeds() {
            return ends(Map.of("status", "SUCCEEDED"));
        }

        Receipt ends(Map<String, @Nullable Object> outcome) {
            decide();
            return Office.this.log.append(ReceiptDraft.completed(
                    request(), decision(), this.mode, NOW, this.reversibility, outcome, this.steps));
        }

        Receipt decided() {
            decide();
            return java.util.Objects.requireNonNull(this.decided);
        }

        private Decision decision() {
            return Decision.of(List.of(), this.mode, "sha256:00");
        }

        private ActionRequest request() {
            return new ActionRequest(
                    this.id, Run.of(this.run), this.parent, this.name, Map.of(), AGENT, null, this.reversibility, NOW);
        }
    }
}

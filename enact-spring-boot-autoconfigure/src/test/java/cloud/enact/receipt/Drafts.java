package cloud.enact.receipt;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.undo.ActionStep;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Receipts to be, of a made-up support desk; public for the tests of stores. */
public final class Drafts {

    public static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");

    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    public static final String SECRET = "a secret of more than 32 characters, for tests";

    private static final Actor ACTOR = Actor.of("support@example.org", "support", "admin");

    private static final IdGenerator IDS = IdGenerator.uuidV7(CLOCK);

    private Drafts() {}

    public static RunId run() {
        return new RunId(IDS.next());
    }

    public static UUID id() {
        return IDS.next();
    }

    public static ActionRequest request(RunId run, Map<String, @Nullable Object> args) {
        return new ActionRequest(
                IDS.next(),
                new Run(run, "refund"),
                null,
                "crm.delete_customer",
                args,
                ACTOR,
                new ResourceRef("customer", "42"),
                Reversibility.REVERSIBLE,
                NOW);
    }

    public static ReceiptDraft decided(RunId run) {
        return decided(run, Map.of("id", 42L, "reason", "asked for it"));
    }

    public static ReceiptDraft decided(RunId run, Map<String, @Nullable Object> args) {
        return ReceiptDraft.decided(request(run, args), pass(), EnactMode.ENFORCE);
    }

    /** A decision on an action of that name. */
    public static ReceiptDraft named(String action) {
        ActionRequest request = new ActionRequest(
                id(), Run.of(run()), null, action, Map.of(), ACTOR, null, Reversibility.REVERSIBLE, NOW);
        return ReceiptDraft.decided(request, pass(), EnactMode.ENFORCE);
    }

    public static Decision pass() {
        return Decision.of(
                List.of(
                        Verdict.pass("access.require-actor-role", "support may do this"),
                        Verdict.abstain("git.dont-push-to-main")),
                EnactMode.ENFORCE,
                "sha256:" + "ab".repeat(32));
    }

    public static Decision block() {
        return Decision.of(
                List.of(Verdict.block("db.protect-tables", "table users is protected")),
                EnactMode.ENFORCE,
                "sha256:" + "ab".repeat(32));
    }

    public static ReceiptDraft blocked(RunId run) {
        return ReceiptDraft.decided(request(run, Map.of("id", 42L)), block(), EnactMode.ENFORCE);
    }

    public static ReceiptDraft completed(ActionRequest request) {
        return ReceiptDraft.completed(
                request,
                pass(),
                EnactMode.ENFORCE,
                NOW.plusMillis(5),
                Reversibility.REVERSIBLE,
                Map.of("status", "SUCCEEDED"),
                List.of(new ActionStep(
                        "crm.delete_row",
                        true,
                        Map.of("rows", 1L),
                        null,
                        Reversibility.REVERSIBLE,
                        7L,
                        "sha256:" + "cd".repeat(32))));
    }

    public static ReceiptDraft rolledBack(RunId run) {
        return ReceiptDraft.rollback(
                ReceiptKind.ROLLED_BACK,
                run(),
                id(),
                run,
                NOW,
                ACTOR,
                Map.of("reason", "asked for the wrong one"),
                "ROLLED_BACK",
                Map.of("status", "ROLLED_BACK"),
                List.of());
    }

    public static ReceiptDraft at(ReceiptDraft draft, Instant timestamp) {
        return new ReceiptDraft(
                draft.kind(),
                draft.runId(),
                draft.actionId(),
                draft.parentActionId(),
                timestamp,
                draft.action(),
                draft.system(),
                draft.workflow(),
                draft.resource(),
                draft.reversibility(),
                draft.actor(),
                draft.payload(),
                draft.decision(),
                draft.mode(),
                draft.verdicts(),
                draft.outcome(),
                draft.actionsTaken(),
                draft.originalRunId(),
                draft.actionsReversed(),
                draft.approval());
    }

    public static ReceiptLog log(ReceiptStore store) {
        return ReceiptLog.direct("test", store, ReceiptSigner.hs256(SECRET), Masking.defaults(), CLOCK);
    }
}

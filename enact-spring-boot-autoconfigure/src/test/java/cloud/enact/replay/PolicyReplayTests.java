package cloud.enact.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.cel.CelExpressionCompiler;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyReplayTests {

    private static final IdGenerator IDS = IdGenerator.uuidV7(Drafts.CLOCK);

    private static final Instant DAY_BEFORE = Drafts.NOW.minus(Duration.ofDays(1));

    private static final Instant LATER = Drafts.NOW.plus(Duration.ofDays(1));

    private final ReceiptStore store = ReceiptStore.inMemory(20_000);

    private final ReceiptLog log = ReceiptLog.direct(
            "replay", this.store, ReceiptSigner.hs256(Drafts.SECRET), Masking.defaults(), Drafts.CLOCK);

    private final PolicyReplay replay = new PolicyReplay(this.store);

    private final PolicySetFactory factory =
            new PolicySetFactory(List.of(), List.of(), new CelExpressionCompiler(), EnactMode.ENFORCE, Duration.ZERO);

    @AfterEach
    void close() {
        this.factory.close();
    }

    @Test
    void callsAreComparedWithWhatWasDecided() {
        record("billing.refund", Map.of("amount", 900), Effect.PASS, 1);
        record("billing.refund", Map.of("amount", 20), Effect.PASS, 2);
        record("billing.refund", Map.of("amount", 30), Effect.BLOCK, 3);
        record("billing.refund", Map.of("amount", 600), Effect.BLOCK, 4);
        record("billing.quote", Map.of("amount", 5), Effect.PASS, 5);

        ReplayReport report = replay(
                policy("big", "action.name == 'billing.refund' && args.amount > 500"),
                asking("quotes", "action.name == 'billing.quote'"));

        assertThat(report.calls()).isEqualTo(5);
        assertThat(report.complete()).isTrue();
        assertThat(report.recorded()).containsEntry(Effect.PASS, 3L).containsEntry(Effect.BLOCK, 2L);
        assertThat(report.proposed())
                .containsEntry(Effect.PASS, 2L)
                .containsEntry(Effect.BLOCK, 2L)
                .containsEntry(Effect.ASK, 1L);
        assertThat(report.stopped()).isEqualTo(3);
        assertThat(report.newBlocks()).isEqualTo(1);
        assertThat(report.newAsks()).isEqualTo(1);
        assertThat(report.newPasses()).isEqualTo(1);
        assertThat(report.policies()).isEqualTo(Map.of("big", 2L, "quotes", 1L));
        assertThat(report.actions())
                .containsEntry("billing.refund", new ReplayReport.ActionFigures(4, 2))
                .containsEntry("billing.quote", new ReplayReport.ActionFigures(1, 1));
        assertThat(report.changes())
                .extracting(ReplayedCall::action, ReplayedCall::recorded, ReplayedCall::proposed)
                .containsExactly(
                        tuple("billing.quote", Effect.PASS, Effect.ASK),
                        tuple("billing.refund", Effect.BLOCK, Effect.PASS),
                        tuple("billing.refund", Effect.PASS, Effect.BLOCK));
        assertThat(report.changes().get(0).objections())
                .extracting(Verdict::policy)
                .containsExactly("quotes");
        assertThat(report.asMap())
                .containsEntry("new_blocks", 1L)
                .containsEntry("changes_omitted", 0L)
                .containsEntry("proposed", Map.of("PASS", 2L, "ASK", 1L, "BLOCK", 2L));
    }

    @Test
    void callThatPeopleApprovedWasAskedAbout() {
        ActionRequest request = Drafts.request(new RunId(IDS.next()), Map.of("amount", 900));
        Decision decision = Decision.of(List.of(Verdict.ask("big", "Too much")), EnactMode.ENFORCE, "sha256:old");
        this.log.append(ReceiptDraft.decided(request, decision.approved(), EnactMode.ENFORCE, Map.of("id", "0190")));

        ReplayReport report = replay(asking("big", "args.amount > 500"));

        assertThat(report.recorded()).containsEntry(Effect.ASK, 1L);
        assertThat(report.changes()).isEmpty();
    }

    @Test
    void everythingTheReceiptTellsIsSeen() {
        RunId run = new RunId(IDS.next());
        ActionRequest request = new ActionRequest(
                IDS.next(),
                new Run(run, "nightly"),
                null,
                "files.delete",
                Map.of("path", "/tmp/a", "deep", Map.of("list", List.of(1, "x"))),
                new Actor(
                        "a@example.com",
                        Set.of("dev"),
                        Map.of("level", 3),
                        "coder",
                        "b@example.com",
                        "spring-security"),
                new ResourceRef("file", "a"),
                Reversibility.REVERSIBLE,
                Drafts.NOW,
                new ActionEffect(Map.of("public.users", 3L), List.of()));
        this.log.append(ReceiptDraft.decided(request, decision(Effect.PASS), EnactMode.ENFORCE));

        ReplayReport report = replay(
                policy(
                        "all",
                        "args.path == '/tmp/a' && args.deep.list[0] == 1 && !has(args.effect) && effect.rows == 3"
                                + " && actor.id == 'a@example.com' && 'dev' in actor.roles && actor.attributes.level == 3"
                                + " && actor.agent == 'coder' && actor.on_behalf_of == 'b@example.com'"
                                + " && actor.source == 'spring-security' && resource.id == 'a' && run.name == 'nightly'"
                                + " && action.reversibility == 'REVERSIBLE' && now == timestamp('2026-11-20T12:00:00.123456Z')"));

        assertThat(report.newBlocks()).isEqualTo(1);
        assertThat(report.masked()).isZero();
    }

    @Test
    void policiesThatLookBackSeeWhatHadHappenedThen() {
        RunId run = new RunId(IDS.next());
        for (int i = 0; i < 4; i++) {
            record(run, "crm.delete", Map.of("id", i), Effect.PASS, i);
        }
        record("crm.delete", Map.of("id", 9), Effect.PASS, 9);

        ReplayReport report = replay(policy("third", "run.count == 2 && run.actions[1].args.id == 1"));

        assertThat(report.newBlocks()).isEqualTo(1);
        assertThat(report.changes().get(0).timestamp()).isEqualTo(Drafts.NOW.plusSeconds(2));
    }

    @Test
    void onlyCallsOfTheTimeAndNoMoreThanWantedAreLookedAt() {
        for (int i = 0; i < 450; i++) {
            record("crm.read", Map.of("id", i), Effect.PASS, i);
        }
        PolicySet set = this.factory.create(List.of(policy("all", "true")));

        ReplayReport some = this.replay.replay(set, Drafts.NOW.plusSeconds(100), Drafts.NOW.plusSeconds(110), 1000);
        ReplayReport newest = this.replay.replay(set, DAY_BEFORE, LATER, 5);
        ReplayReport all = this.replay.replay(set, DAY_BEFORE, LATER, 1000);

        assertThat(some.calls()).isEqualTo(10);
        assertThat(some.complete()).isTrue();
        assertThat(newest.calls()).isEqualTo(5);
        assertThat(newest.complete()).isFalse();
        assertThat(newest.changes().get(0).timestamp()).isEqualTo(Drafts.NOW.plusSeconds(449));
        assertThat(all.calls()).isEqualTo(450);
        assertThat(all.changes()).hasSize(200);
        assertThat(all.asMap()).containsEntry("changes_omitted", 250L);
        assertThatIllegalArgumentException().isThrownBy(() -> this.replay.replay(set, DAY_BEFORE, LATER, 0));
    }

    @Test
    void whatIsMaskedOrCutIsCounted() {
        record("crm.login", Map.of("password", "hunter22"), Effect.PASS, 1);
        record("crm.note", Map.of("text", "x".repeat(10_000)), Effect.PASS, 2);
        record("crm.read", Map.of("id", 1), Effect.PASS, 3);

        ReplayReport report = replay(policy("secret", "args.password == 'hunter22'"));

        assertThat(report.calls()).isEqualTo(3);
        assertThat(report.masked()).isEqualTo(2);
    }

    @Test
    void theLastDecisionOnACallCounts() {
        ActionRequest request = request(new RunId(IDS.next()), "crm.delete", Map.of("id", 1), 0);
        this.log.append(ReceiptDraft.decided(request, decision(Effect.PASS), EnactMode.ENFORCE));
        this.log.append(ReceiptDraft.decided(
                request.with(new ActionEffect(Map.of("a.b", 2L), List.of())),
                decision(Effect.BLOCK),
                EnactMode.ENFORCE));

        ReplayReport report = replay(policy("rows", "effect.rows > 1"));

        assertThat(report.calls()).isEqualTo(1);
        assertThat(report.recorded()).isEqualTo(Map.of(Effect.BLOCK, 1L));
        assertThat(report.changes()).isEmpty();
    }

    private ReplayReport replay(PolicySpec... proposed) {
        return this.replay.replay(
                this.factory.create(List.of(proposed)), DAY_BEFORE, LATER, PolicyReplay.DEFAULT_CALLS);
    }

    private static PolicySpec policy(String name, String block) {
        return new PolicySpec(null, name, Map.of(), null, null, block, null, "no", name);
    }

    private static PolicySpec asking(String name, String ask) {
        return new PolicySpec(null, name, Map.of(), null, null, null, ask, "hm", name);
    }

    private void record(String action, Map<String, Object> args, Effect effect, int seconds) {
        record(new RunId(IDS.next()), action, args, effect, seconds);
    }

    private void record(RunId run, String action, Map<String, Object> args, Effect effect, int seconds) {
        this.log.append(ReceiptDraft.decided(request(run, action, args, seconds), decision(effect), EnactMode.ENFORCE));
    }

    private static ActionRequest request(RunId run, String action, Map<String, Object> args, int seconds) {
        return new ActionRequest(
                IDS.next(),
                Run.of(run),
                null,
                action,
                Map.copyOf(args),
                Actor.of("a@example.com"),
                null,
                Reversibility.IRREVERSIBLE,
                Drafts.NOW.plusSeconds(seconds));
    }

    private static Decision decision(Effect effect) {
        return Decision.of(
                List.of(new Verdict("then", effect, "that was so", null)),
                EnactMode.ENFORCE,
                "sha256:" + "0".repeat(64));
    }
}

package cloud.enact.gate;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.action.ActionOutcome;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyDecisionPoint;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.Receipt;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import cloud.enact.rollback.RollbackService;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;

/** The façade over gate and rollback. */
final class DefaultEnact implements Enact {

    private final ActionGate gate;

    private final ActionCatalogue catalogue;

    private final ToolWrapper wrapper;

    private final ActionScopes scopes;

    private final PolicyDecisionPoint policies;

    private final RollbackService rollbacks;

    private final ActorChain actors;

    private final IdGenerator ids;

    private final Clock clock;

    DefaultEnact(
            ActionGate gate,
            ActionCatalogue catalogue,
            ToolWrapper wrapper,
            ActionScopes scopes,
            PolicyDecisionPoint policies,
            RollbackService rollbacks,
            ActorChain actors,
            IdGenerator ids,
            Clock clock) {
        this.gate = gate;
        this.catalogue = catalogue;
        this.wrapper = wrapper;
        this.scopes = scopes;
        this.policies = policies;
        this.rollbacks = rollbacks;
        this.actors = actors;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public ActionResult run(String action, Actor actor, Map<String, ? extends @Nullable Object> args) {
        Run run = this.scopes.runOrNew(this.ids);
        Progress progress = new Progress();
        return run(call(action, actor, args, run, progress), run, progress);
    }

    @Override
    public ActionResult runWithApproval(
            String action,
            Actor actor,
            Map<String, ? extends @Nullable Object> args,
            Set<String> people,
            Duration timeout) {
        ApprovalWish wish = new ApprovalWish(people, timeout);
        Run run = this.scopes.runOrNew(this.ids);
        Progress progress = new Progress();
        return run(call(action, actor, args, run, progress).approvedBy(wish), run, progress);
    }

    private ActionResult run(GateCall call, Run run, Progress progress) {
        try {
            Object value = this.gate.call(call, progress);
            return progress.result(run, new ActionOutcome.Succeeded(value));
        } catch (ActionBlockedException ex) {
            return progress.entered()
                    ? progress.result(run, new ActionOutcome.Failed(ex))
                    : new ActionResult(run.id(), ex.getDecision(), null, progress.newest(), ticket(ex));
        } catch (Throwable ex) {
            if (!progress.entered()) {
                throw new IllegalStateException(
                        "The gate failed, so action '" + call.definition().name() + "' was not run", ex);
            }
            return progress.result(run, new ActionOutcome.Failed(ex));
        }
    }

    private static @Nullable UUID ticket(ActionBlockedException refusal) {
        return (refusal instanceof ApprovalRequiredException asked) ? asked.getTicket() : null;
    }

    private GateCall call(
            String action, Actor actor, Map<String, ? extends @Nullable Object> args, Run run, Progress progress) {
        try {
            ActionCatalogue.Prepared prepared = this.catalogue.prepare(action, Arguments.freeze(args));
            return new GateCall(
                    prepared.definition(),
                    prepared.args(),
                    Set.of(),
                    List.of(),
                    prepared.target(),
                    run,
                    () -> actor,
                    Door.CODE,
                    progress.watch(prepared.body()));
        } catch (ArgumentException | IllegalArgumentException ex) {
            ActionDefinition definition = this.catalogue.definition(action);
            Verdict malformed =
                    new Verdict(VerdictNames.ARGUMENTS, Effect.BLOCK, String.valueOf(ex.getMessage()), null);
            return new GateCall(
                    (definition != null) ? definition : ActionDefinition.of(ToolNames.clean(action), null),
                    Map.of(),
                    Set.of(),
                    List.of(malformed),
                    null,
                    run,
                    () -> actor,
                    Door.CODE,
                    progress.watch(() -> {
                        // even while observing there is nothing that could be called with these arguments
                        throw ex;
                    }));
        }
    }

    /** How far a call got. */
    private static final class Progress implements ActionGate.ReceiptListener {

        private final AtomicReference<@Nullable Decision> decision = new AtomicReference<>();

        private final AtomicReference<@Nullable Receipt> newest = new AtomicReference<>();

        private final AtomicBoolean entered = new AtomicBoolean();

        @Override
        public void decided(Decision decided) {
            this.decision.set(decided);
        }

        @Override
        public void appended(Receipt receipt) {
            this.newest.set(receipt);
        }

        /** The body, which tells that it was reached. */
        GateCall.Body watch(GateCall.Body body) {
            return () -> {
                this.entered.set(true);
                return body.invoke();
            };
        }

        /** Whether the action was let through, whatever became of it. */
        boolean entered() {
            return this.entered.get();
        }

        @Nullable
        Receipt newest() {
            return this.newest.get();
        }

        ActionResult result(Run run, ActionOutcome outcome) {
            Decision known = this.decision.get();
            if (known == null) {
                throw new IllegalStateException("The action ran without a decision");
            }
            return new ActionResult(run.id(), known, outcome, this.newest.get());
        }
    }

    @Override
    public Decision decide(String action, Actor actor, Map<String, ? extends @Nullable Object> args) {
        ActionDefinition definition = this.catalogue.definition(action);
        return this.policies.decide(new ActionRequest(
                this.ids.next(),
                Run.of(new RunId(this.ids.next())),
                null,
                action,
                Arguments.freeze(args),
                actor,
                null,
                (definition != null) ? definition.reversibility() : Reversibility.IRREVERSIBLE,
                this.clock.instant()));
    }

    @Override
    public OpenRun openRun(String name) {
        Run run = new Run(new RunId(this.ids.next()), name);
        ActionScopes.Binding binding = this.scopes.open(run);
        return new OpenRun() {

            @Override
            public RunId id() {
                return run.id();
            }

            @Override
            public Map<String, Object> toolContext() {
                return Map.of(RUN_ID, run.id().toString());
            }

            @Override
            public void close() {
                binding.close();
            }
        };
    }

    @Override
    public RollbackReport previewRollback(RunId runId) {
        return this.rollbacks.preview(RollbackRequest.of(runId, requester(), null));
    }

    private Actor requester() {
        Actor actor = this.actors.resolve(Map.of());
        return (actor != null) ? actor : Actor.anonymous();
    }

    @Override
    public RollbackReport rollback(RunId runId) {
        return this.rollbacks.rollback(RollbackRequest.of(runId, requester(), null));
    }

    @Override
    public RollbackReport rollback(RollbackRequest request) {
        return this.rollbacks.rollback(request);
    }

    @Override
    public ToolCallback[] gate(Object... tools) {
        return this.wrapper.wrap(tools);
    }
}

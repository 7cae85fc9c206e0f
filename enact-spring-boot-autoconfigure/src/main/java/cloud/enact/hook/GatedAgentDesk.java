package cloud.enact.hook;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.action.ShortText;
import cloud.enact.action.ToolUse;
import cloud.enact.gate.OutsideCall;
import cloud.enact.gate.OutsideChanges;
import cloud.enact.gate.OutsideGate;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings what coding agents ask to the gate. A call is decided and on record before it is answered; its outcome comes
 * with a later message, or never. Thread-safe.
 */
public final class GatedAgentDesk implements AgentDesk, AutoCloseable {

    private static final int LONGEST_REASON = 8000;

    private final OutsideGate gate;

    private final DeskSettings settings;

    private final CallOutcomes outcomes;

    private final Supplier<SelfProtection> protection;

    private final CallChanges changes;

    private final Clock clock;

    /**
     * Opens the desk.
     *
     * @param gate judges and records
     * @param record knows what was decided before this application was started
     * @param settings how to answer
     * @param protection objects to what would touch the guard; asked for with the first call
     * @param changes knows what calls change where the guard can capture it
     * @param clock tells how long an outcome was waited for
     */
    public GatedAgentDesk(
            OutsideGate gate,
            RecordedCalls record,
            DeskSettings settings,
            Supplier<SelfProtection> protection,
            CallChanges changes,
            Clock clock) {
        this.gate = gate;
        this.changes = changes;
        this.settings = settings;
        this.protection = protection;
        this.clock = clock;
        this.outcomes = new CallOutcomes(gate, record, settings, clock);
    }

    @Override
    public AgentAnswer answer(AgentCall call, Installation installation) {
        SessionKey session = new SessionKey(installation.id(), call.agent(), call.session());
        return switch (call.event()) {
            case BEFORE_TOOL -> before(call, installation, session);
            case PERMISSION -> permission(call, installation, session);
            case REQUEST -> request(call, installation, session);
            case TOOL_SUCCEEDED, TOOL_FAILED, TOOL_REFUSED -> {
                this.outcomes.told(call, outside(call, installation, session), session);
                yield AgentAnswer.none();
            }
            case TURN_ENDED, SUBAGENT_ENDED, SESSION_ENDED -> {
                this.outcomes.ended(call, session);
                yield AgentAnswer.none();
            }
            case NOTICE -> AgentAnswer.none();
        };
    }

    private AgentAnswer before(AgentCall call, Installation installation, SessionKey session) {
        OutsideChanges changing = this.changes.of(call);
        OutsideGate.Judged judged =
                this.gate.judge(judged(call, installation, session).changing(changing));
        AgentAnswer answer = answer(judged, installation);
        OpenCall.State state = switch (answer.kind()) {
            case NONE, ALLOW -> OpenCall.State.LET_THROUGH;
            case ASK -> OpenCall.State.ASKED;
            default -> OpenCall.State.STOPPED;
        };
        this.outcomes.opened(call, session, state, changing, judged.end());
        return answer;
    }

    /** What the call was answered before it was made holds; the user is asked, or not, as was said then. */
    private AgentAnswer permission(AgentCall call, Installation installation, SessionKey session) {
        OpenCall.State before = this.outcomes.stateOf(call, session);
        if (before != null && before != OpenCall.State.STOPPED) {
            boolean allowed = before == OpenCall.State.LET_THROUGH && this.settings.allowOnPass();
            return allowed ? AgentAnswer.allow() : AgentAnswer.none();
        }
        OutsideGate.Judged judged = this.gate.judge(judged(call, installation, session));
        judged.end().unknown("the agent asked for permission alone, and nothing says whether the call was made");
        AgentAnswer answer = answer(judged, installation);
        return switch (answer.kind()) {
            // nobody heard of the call before it was made, so its user has to be asked
            case ALLOW, ASK -> AgentAnswer.none();
            case DEFER -> AgentAnswer.deny(reasons(judged.decision()));
            default -> answer;
        };
    }

    private AgentAnswer request(AgentCall call, Installation installation, SessionKey session) {
        OutsideGate.Judged judged = this.gate.judge(judged(call, installation, session));
        if (judged.mayRun()) {
            judged.end().succeeded(Map.of());
            return AgentAnswer.none();
        }
        return AgentAnswer.deny(reasons(judged.decision()));
    }

    private AgentAnswer answer(OutsideGate.Judged judged, Installation installation) {
        Decision decision = judged.decision();
        if (judged.mayRun()) {
            // while observing, what is objected to goes on as if nobody had been asked
            boolean allow = this.settings.allowOnPass() && decision.effect() == Effect.PASS;
            return allow ? AgentAnswer.allow() : AgentAnswer.none();
        }
        if (decision.enforced() != Effect.ASK) {
            return AgentAnswer.deny(reasons(decision));
        }
        if (judged.ticket() == null) {
            return AgentAnswer.ask(reasons(decision));
        }
        return installation.headless()
                ? AgentAnswer.defer()
                : AgentAnswer.deny(reasons(decision) + " A person has been asked (ticket " + judged.ticket()
                        + "). Repeat exactly this call later; until then go on with other things.");
    }

    @Override
    public void unreadable(UnreadableCall call, Installation installation) {
        String session = (call.session() != null) ? call.session() : "unknown";
        SessionKey key = new SessionKey(installation.id(), call.agent(), session);
        this.gate
                .judge(new OutsideCall(
                        call.agent().replace('-', '_') + ".unreadable",
                        Map.of(),
                        null,
                        actor(
                                call.agent(),
                                installation,
                                new ToolUse(call.eventName(), null, call.session(), null, null, null, null)),
                        key.run(),
                        session,
                        false,
                        call.reason(),
                        List.of()))
                .end()
                .unknown("it could not be read");
    }

    /** The call, and what the guard itself has against it. */
    private OutsideCall judged(AgentCall call, Installation installation, SessionKey session) {
        OutsideCall plain = outside(call, installation, session);
        ActionRequest request = new ActionRequest(
                plain.run().id().value(),
                plain.run(),
                null,
                plain.action(),
                plain.args(),
                plain.actor(),
                null,
                Reversibility.IRREVERSIBLE,
                this.clock.instant());
        return plain.with(this.protection.get().objections(call, request));
    }

    private static OutsideCall outside(AgentCall call, Installation installation, SessionKey session) {
        AgentTool tool = call.tool();
        return new OutsideCall(
                (call.action() != null) ? call.action() : call.agent().replace('-', '_') + ".unnamed",
                call.input(),
                (tool != null && tool.kind().onlyLooks()) ? Reversibility.READ_ONLY : null,
                actor(
                        call.agent(),
                        installation,
                        new ToolUse(
                                call.eventName(),
                                (tool != null) ? tool.rawName() : null,
                                call.session(),
                                call.callId(),
                                call.subagent(),
                                call.cwd(),
                                call.permissionMode())),
                session.run(),
                // what was approved in one directory is another call in the next
                (call.cwd() != null) ? call.session() + " in " + call.cwd() : call.session(),
                !installation.headless(),
                null,
                List.of());
    }

    private static Actor actor(String agent, Installation installation, ToolUse told) {
        return new Actor(
                installation.id(), installation.roles(), Map.of(ToolUse.HOOK, told.asMap()), agent, null, ToolUse.HOOK);
    }

    /** Why a call is stopped, as its policies say it. */
    private static String reasons(Decision decision) {
        String reasons = decision.verdicts().stream()
                .filter(verdict -> verdict.mode() != EnactMode.OBSERVE && verdict.effect() == decision.effect())
                .map(Verdict::reason)
                .distinct()
                .collect(Collectors.joining(" "));
        if (reasons.isBlank()) {
            return "The call was stopped. Ask the operator of the guard why.";
        }
        return ShortText.of(reasons, LONGEST_REASON);
    }

    /** Gives up what is waited for too long. */
    public void giveUpOverdue() {
        this.outcomes.giveUpOverdue();
    }

    /** Gives up what is waited for: nobody will tell it to this application any more. */
    @Override
    public void close() {
        this.outcomes.close();
    }

    @Override
    public String toString() {
        return "GatedAgentDesk";
    }

    /** What was decided before this application was started, as far as it is on record. */
    @FunctionalInterface
    public interface RecordedCalls {

        /**
         * Settles a call of which something is told now, and says whether there was one.
         *
         * @param call what is told, which has an id
         * @param run the run of its session
         * @param actor who tells it
         */
        boolean settle(AgentCall call, RunId run, Actor actor);
    }
}

package cloud.enact.hook;

import cloud.enact.action.ShortText;
import cloud.enact.gate.OutsideCall;
import cloud.enact.gate.OutsideChanges;
import cloud.enact.gate.OutsideEnd;
import cloud.enact.gate.OutsideGate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Puts together what was decided and what is told of it later. Thread-safe. */
final class CallOutcomes {

    private static final Log logger = LogFactory.getLog(CallOutcomes.class);

    private static final int LONGEST_ERROR = 2000;

    private final OutsideGate gate;

    private final GatedAgentDesk.RecordedCalls record;

    private final Clock clock;

    private final OpenCalls open;

    CallOutcomes(OutsideGate gate, GatedAgentDesk.RecordedCalls record, DeskSettings settings, Clock clock) {
        this.gate = gate;
        this.record = record;
        this.clock = clock;
        this.open = new OpenCalls(settings.mostOpen(), DeskSettings.MOST_CHARACTERS, settings.patience());
    }

    /** A call was judged. */
    void opened(
            AgentCall call,
            SessionKey session,
            OpenCall.State state,
            @Nullable OutsideChanges changes,
            OutsideEnd end) {
        AgentTool tool = call.tool();
        String callId = call.callId();
        if (callId == null || tool == null) {
            end.unknown("the agent gave the call no id, so that nothing can be told of it");
            return;
        }
        Map<String, @Nullable Object> input = (state == OpenCall.State.STOPPED) ? Map.of() : call.input();
        OpenCall opened = new OpenCall(
                new CallKey(session, callId),
                call.subagent(),
                String.valueOf(call.action()),
                tool,
                input,
                TextLength.of(input) + TextLength.of(tool.command()),
                state,
                (state == OpenCall.State.STOPPED) ? null : changes,
                end,
                this.clock.instant());
        this.open
                .open(opened)
                .forEach(gone -> gone.end().unknown("too many calls were open, or another one took its id"));
    }

    /** What was said of the newest call that permission is asked for, or {@code null}. */
    OpenCall.@Nullable State stateOf(AgentCall call, SessionKey session) {
        OpenCall asked = this.open.newest(each -> each.key().session().equals(session)
                && Objects.equals(each.subagent(), call.subagent())
                && each.action().equals(call.action())
                && each.input().equals(call.input()));
        return (asked != null) ? asked.state() : null;
    }

    /** Something is told of a call. */
    void told(AgentCall call, OutsideCall outside, SessionKey session) {
        String callId = call.callId();
        CallKey key = new CallKey(session, (callId != null) ? callId : "");
        OpenCall known = this.open.close(key);
        if (known == null) {
            boolean seen = callId != null
                    && (this.open.isOver(key, call.tool())
                            || this.record.settle(call, outside.run().id(), outside.actor()));
            if (!seen && call.event() != AgentEvent.TOOL_REFUSED) {
                ungoverned(call, outside, "nobody had asked whether it may be made");
            }
            return;
        }
        if (call.event() == AgentEvent.TOOL_REFUSED) {
            known.told(false, call);
            known.end().failed("the agent refused the call itself, and did not make it", Map.of());
            return;
        }
        if (known.state() == OpenCall.State.STOPPED) {
            ungoverned(call, outside, "it was stopped, and made all the same");
            return;
        }
        if (known.differsFrom(call)) {
            known.end().unknown("another call was made in its place");
            ungoverned(call, outside, "another call had been judged in its place");
            return;
        }
        end(call, known);
    }

    private static void end(AgentCall call, OpenCall known) {
        known.told(true, call);
        Map<String, @Nullable Object> details = new LinkedHashMap<>(call.result());
        Object error = details.remove("error");
        if (!known.input().equals(call.input())) {
            details.put("input_changed", true);
        }
        if (known.state() == OpenCall.State.ASKED) {
            details.put("let_through_by", "the user at the agent");
        }
        if (call.event() == AgentEvent.TOOL_FAILED) {
            known.end()
                    .failed(
                            ShortText.of((error != null) ? error.toString() : "the tool failed", LONGEST_ERROR),
                            details);
        } else {
            known.end().succeeded(details);
        }
    }

    private void ungoverned(AgentCall call, OutsideCall outside, String reason) {
        Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
        outcome.put("status", (call.event() == AgentEvent.TOOL_FAILED) ? "FAILED" : "SUCCEEDED");
        outcome.put("error", "The call ran ungoverned: " + reason + ".");
        logger.warn("A coding agent made a call of '" + outside.action() + "' in run "
                + outside.run().id() + " that ran ungoverned: " + reason
                + ". See whether its hooks are set for every tool");
        this.gate.ungoverned(outside, outcome);
    }

    /** A turn, a sub-agent or a session ended: what it did not tell it never will. */
    void ended(AgentCall call, SessionKey session) {
        List<OpenCall> gone = this.open.giveUp(each -> each.key().session().equals(session)
                && (call.event() == AgentEvent.SESSION_ENDED
                        || Objects.equals(
                                each.subagent(),
                                (call.event() == AgentEvent.SUBAGENT_ENDED) ? call.subagent() : null)));
        gone.forEach(each -> each.end().unknown("the agent ended its work and did not tell what came of the call"));
    }

    void giveUpOverdue() {
        this.open
                .overdue(this.clock.instant())
                .forEach(each -> each.end().unknown("nobody told in time what came of the call"));
    }

    void close() {
        this.open
                .giveUp(each -> true)
                .forEach(each -> each.end().unknown("the guard was stopped before it was told what came of the call"));
    }
}

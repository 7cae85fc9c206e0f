package cloud.enact.gate;

import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call the gate did not let through. The message says what was blocked, why, and what to do instead; it is safe to
 * show to a model.
 */
public class ActionBlockedException extends RuntimeException {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String action;

    private final RunId runId;

    private final transient Decision decision;

    ActionBlockedException(String action, RunId runId, Decision decision) {
        this(message(action, decision), action, runId, decision);
    }

    ActionBlockedException(String message, String action, RunId runId, Decision decision) {
        super(message);
        this.action = action;
        this.runId = runId;
        this.decision = decision;
    }

    private static String message(String action, Decision decision) {
        return "Action '" + action + "' was blocked. " + String.join(" ", decision.reasons());
    }

    /** Name of the action. */
    public String getAction() {
        return this.action;
    }

    /** The run it was asked in; its receipt tells every verdict. */
    public RunId getRunId() {
        return this.runId;
    }

    /** The decision with every verdict. */
    public Decision getDecision() {
        return this.decision;
    }

    /** The refusal as a model reads it: JSON with {@code decision}, {@code action}, {@code run_id}, {@code reasons}. */
    public String toJson() {
        return json("The call was not executed and nothing was changed."
                + " Do not repeat it as it is; follow the reasons.");
    }

    /** The same for a call that got through and was stopped at a part of it. */
    String toJson(String outer) {
        return json("Action '" + outer + "' was stopped at this part of it. Earlier parts may have been done and can"
                + " be rolled back. Do not repeat it as it is; follow the reasons.");
    }

    /** Adds what else a model has to know. */
    void describe(Map<String, Object> refusal) {}

    final String json(String message) {
        Map<String, Object> refusal = new LinkedHashMap<>();
        refusal.put("decision", this.decision.effect().name());
        describe(refusal);
        refusal.put("action", this.action);
        refusal.put("run_id", this.runId.toString());
        refusal.put("reasons", this.decision.reasons());
        refusal.put("message", message);
        return JSON.writeValueAsString(refusal);
    }
}

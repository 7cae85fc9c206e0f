package cloud.enact.hook;

import org.jspecify.annotations.Nullable;

/**
 * What a coding agent is answered, whatever agent it is.
 *
 * @param kind what it is to do
 * @param reason why, for people and models; empty where nothing is said
 * @param value what comes in place of an input or an output, or {@code null}
 */
public record AgentAnswer(
        Kind kind, String reason, @Nullable Object value) {

    private static final AgentAnswer NONE = new AgentAnswer(Kind.NONE, "", null);

    private static final AgentAnswer ALLOW = new AgentAnswer(Kind.ALLOW, "", null);

    private static final AgentAnswer DEFER = new AgentAnswer(Kind.DEFER, "", null);

    /** No opinion: what the agent and its user decide holds. */
    public static AgentAnswer none() {
        return NONE;
    }

    /** The call may be made, and nobody need be asked. */
    public static AgentAnswer allow() {
        return ALLOW;
    }

    /** The call, or whatever is asked for, must not happen. */
    public static AgentAnswer deny(String reason) {
        return new AgentAnswer(Kind.DENY, reason, null);
    }

    /** The user at the agent is to be asked. */
    public static AgentAnswer ask(String reason) {
        return new AgentAnswer(Kind.ASK, reason, null);
    }

    /** The agent is to stop until a person has answered, and then ask again. */
    public static AgentAnswer defer() {
        return DEFER;
    }

    /** What an agent is to do. */
    public enum Kind {
        NONE,
        ALLOW,
        DENY,
        ASK,
        DEFER,
        /** Allow with the value in place of the input. */
        REWRITE,
        /** Deny and end the session. */
        STOP,
        /** Tell the model the reason. */
        CONTEXT,
        /** Show the model the value in place of the output. */
        REDACT,
        /** Let the model try again what the agent refused. */
        RETRY
    }
}

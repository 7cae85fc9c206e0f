package cloud.enact.gate;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ToolContext;

/**
 * What travels with a tool call from thread to thread: run, actor, and whether something in the batch was refused. It
 * travels in the {@link ToolContext} under {@code enact.} keys, which are taken out again before a tool sees them,
 * because Spring AI sends a tool context to remote MCP servers.
 *
 * @param run the run, or {@code null} to take the one around the call
 * @param asking who asks, or {@code null} when nobody looked yet
 * @param conversation the conversation the call belongs to, or {@code null} when none is known
 * @param refused set when a call of the batch was refused
 * @param rest what the application put in for its tools
 */
record ToolCallContext(
        @Nullable Run run,
        @Nullable Asking asking,
        @Nullable String conversation,
        @Nullable AtomicBoolean refused,
        Map<String, Object> rest) {

    /** Names the run a tool call belongs to: a {@link RunId}, or its text. */
    static final String RUN_ID = Enact.RUN_ID;

    /** Names who asks: an {@link Actor}, an id, or a map with {@code id}, {@code roles}, {@code attributes}. */
    static final String ACTOR = Enact.ACTOR;

    private static final String PREFIX = "enact.";

    private static final String RUN = "enact.run";

    private static final String ASKING = "enact.asking";

    private static final String REFUSED = "enact.refused";

    /** Reads a tool context; {@code null} and empty ones say nothing. */
    static ToolCallContext of(@Nullable ToolContext context) {
        return of((context != null) ? context.getContext() : Map.of());
    }

    static ToolCallContext of(@Nullable Map<String, Object> context) {
        if (context == null || context.isEmpty()) {
            return new ToolCallContext(null, null, null, null, Map.of());
        }
        Map<String, Object> rest = new HashMap<>(context);
        rest.keySet().removeIf(key -> key.startsWith(PREFIX));
        return new ToolCallContext(
                run(context),
                (context.get(ASKING) instanceof Asking asking) ? asking : null,
                conversation(context),
                (context.get(REFUSED) instanceof AtomicBoolean refused) ? refused : null,
                rest);
    }

    private static @Nullable Run run(Map<String, Object> context) {
        if (context.get(RUN) instanceof Run run) {
            return run;
        }
        Object id = context.get(RUN_ID);
        if (id == null) {
            return null;
        }
        return Run.of((id instanceof RunId runId) ? runId : RunId.parse(id.toString()));
    }

    /** Named by the application, or by its chat memory. */
    private static @Nullable String conversation(Map<String, Object> context) {
        Object named = context.get(Enact.CONVERSATION_ID);
        if (named == null) {
            named = context.get(ChatMemory.CONVERSATION_ID);
        }
        return (named != null && !named.toString().isBlank()) ? named.toString() : null;
    }

    /** The context with the conversation that the parameters of a ChatClient's advisors name, unless it names one. */
    static Map<String, Object> with(Map<String, Object> context, Map<String, @Nullable Object> advisorParameters) {
        Object named = advisorParameters.get(ChatMemory.CONVERSATION_ID);
        if (named == null || context.containsKey(Enact.CONVERSATION_ID)) {
            return context;
        }
        Map<String, Object> extended = new HashMap<>(context);
        extended.put(Enact.CONVERSATION_ID, named.toString());
        return extended;
    }

    /** The actor an application named in a tool context, or {@code null}. */
    static @Nullable Actor namedActor(Map<String, Object> context) {
        Object named = context.get(ACTOR);
        if (named instanceof Actor actor) {
            return new Actor(
                    actor.id(), actor.roles(), actor.attributes(), actor.agent(), actor.onBehalfOf(), "tool-context");
        }
        if (named instanceof Map<?, ?> map && map.get("id") != null) {
            return new Actor(
                    map.get("id").toString(), roles(map.get("roles")), attributes(map), null, null, "tool-context");
        }
        if (named instanceof String id && !id.isBlank()) {
            return new Actor(id, Set.of(), Map.of(), null, null, "tool-context");
        }
        return null;
    }

    private static Set<String> roles(@Nullable Object roles) {
        Set<String> names = new LinkedHashSet<>();
        if (roles instanceof Iterable<?> several) {
            several.forEach(role -> names.add(String.valueOf(role)));
        } else if (roles != null) {
            names.add(roles.toString());
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> attributes(Map<?, ?> actor) {
        return (actor.get("attributes") instanceof Map<?, ?> map) ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /** The application's context with run and actor added, for the way down to the tool. */
    static Map<String, Object> with(@Nullable Map<String, Object> context, @Nullable Run run, Asking asking) {
        Map<String, Object> extended = new HashMap<>((context != null) ? context : Map.of());
        if (run != null) {
            extended.put(RUN, run);
        }
        extended.put(ASKING, asking);
        return extended;
    }

    /** The same with a place to note that a call of the batch was refused. */
    static Map<String, Object> with(@Nullable Map<String, Object> context, AtomicBoolean refused) {
        Map<String, Object> extended = new HashMap<>((context != null) ? context : Map.of());
        extended.put(REFUSED, refused);
        return extended;
    }

    void noteRefusal() {
        if (this.refused != null) {
            this.refused.set(true);
        }
    }

    ToolContext forTool() {
        return new ToolContext(this.rest);
    }
}

package cloud.enact;

import cloud.enact.action.Actor;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.ToolCallback;

/** What an application can ask of Enact from its own code. A bean of this type is there by itself. Thread-safe. */
public interface Enact {

    /** Key in a tool context that names the run a tool call belongs to. */
    String RUN_ID = "enact.run_id";

    /** Key in a tool context that names who asks: an {@link Actor}, an id, or a map with {@code id} and {@code roles}. */
    String ACTOR = "enact.actor";

    /**
     * Key in a tool context that names the conversation a tool call belongs to, which an approval is bound to. The
     * conversation of a chat memory counts without it.
     */
    String CONVERSATION_ID = "enact.conversation_id";

    /**
     * Runs a registered action: an {@code @EnactAction} bean method, or a connector operation such as
     * {@code filesystem.delete_dir}. Same way as any other call: judged, recorded, undoable.
     *
     * @param action name of the action
     * @param actor who asks
     * @param args arguments by name
     * @return decision, outcome and receipt; a refusal is a result, not an exception
     * @throws UnknownActionException when there is no such action
     */
    ActionResult run(String action, Actor actor, Map<String, ? extends @Nullable Object> args);

    /**
     * As {@link #run}, once a person has approved it, whatever policies say: for code that is not a tool. Waits for the
     * answer, after which policies judge the call again. While observing it asks nobody. Without an answer, and where the thread is interrupted,
     * nothing is run, then or later; the same call then finds the same request as long as it is open.
     *
     * @param action name of the action
     * @param actor who asks, and can't approve it
     * @param args arguments by name
     * @param people who is to be told beside those that every request is told to, such as addresses
     * @param timeout how long to wait; silence is a no
     * @return decision, outcome and receipt; a refusal is a result, not an exception
     * @throws UnknownActionException when there is no such action
     */
    ActionResult runWithApproval(
            String action,
            Actor actor,
            Map<String, ? extends @Nullable Object> args,
            Set<String> people,
            Duration timeout);

    /**
     * Says what would be decided, without running or recording anything.
     *
     * @param action name of the action, registered or not
     * @param actor who would ask
     * @param args arguments by name
     */
    Decision decide(String action, Actor actor, Map<String, ? extends @Nullable Object> args);

    /**
     * Opens a run on this thread, so that everything until it is closed can be rolled back together.
     *
     * @param name a name for people, shown in receipts
     */
    OpenRun openRun(String name);

    /**
     * Says what a rollback would do; changes and records nothing.
     *
     * @throws cloud.enact.rollback.UnknownRunException when no such run is on record
     */
    RollbackReport previewRollback(RunId runId);

    /**
     * Undoes a run as the current actor. A second call changes nothing and says so.
     *
     * @throws cloud.enact.rollback.UnknownRunException when no such run is on record
     */
    RollbackReport rollback(RunId runId);

    /** Undoes a run as asked for in detail. */
    RollbackReport rollback(RollbackRequest request);

    /**
     * Puts tools behind the gate that are not handed to the {@code ChatClient.Builder} bean: tool objects, callbacks,
     * providers, arrays and collections of them.
     */
    ToolCallback[] gate(Object... tools);
}

package cloud.enact.connector.slack;

import cloud.enact.action.Reversibility;
import cloud.enact.connector.AllowedOperations;
import cloud.enact.connector.Connector;
import cloud.enact.connector.ConnectorException;
import cloud.enact.connector.ConnectorReadiness;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import cloud.enact.undo.StepUndo;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages and reactions of one app in one Slack workspace. Thread-safe.
 *
 * <p>What it posts, edits and adds can be taken back; that people have read it can't. A message that is deleted is
 * gone. Nothing is sent twice: when an answer is lost, the connector looks for the message, which carries a mark, and
 * undo looks again.
 *
 * <p>Slack can't be told to change a message only if nobody else did: in the instant between the last look and the
 * change, an edit by another process with the same token can be lost.
 */
public final class SlackConnector implements Connector, AutoCloseable {

    private final String name;

    private final AllowedOperations<SlackOperation> operations;

    private final SlackSteps prepared;

    private final SlackClient client;

    private final SlackAccess access;

    private final StepUndo undo;

    private final StepExecutor steps;

    SlackConnector(
            String name,
            AllowedOperations<SlackOperation> operations,
            SlackClient client,
            SlackSite site,
            StepExecutor steps) {
        this.name = name;
        this.operations = operations;
        this.client = client;
        this.access = site.access();
        this.prepared = new SlackSteps(name, operations, site);
        this.undo = new SlackUndo(name, site.access(), site.messages());
        this.steps = steps;
    }

    /**
     * Starts a connector for the workspace an app is installed in.
     *
     * @param token token of the app's bot
     */
    public static SlackConnectorBuilder token(String token) {
        return new SlackConnectorBuilder(token);
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public Set<String> operations() {
        return this.operations.ids();
    }

    @Override
    public Reversibility reversibility(String operation) {
        return this.operations.known(operation).reversibility();
    }

    @Override
    public StepOperation prepare(String operation, Map<String, @Nullable Object> args) {
        return this.prepared.prepare(operation, args);
    }

    @Override
    public StepUndo undo() {
        return this.undo;
    }

    /** Asks Slack whether the token may do, and undo, what is allowed. Before the first change it is asked anyway. */
    public ConnectorReadiness check() {
        return this.access.check();
    }

    /**
     * Reads a message.
     *
     * @param channel id or name of the channel
     * @param ts time of the message, as Slack gives it
     * @return with {@code channel}, {@code ts}, {@code user}, {@code text}, {@code thread_ts}, {@code edited} and
     *     {@code reactions}
     * @throws IllegalArgumentException when the operation or the channel is not allowed
     * @throws ConnectorException when there is no such message, or Slack refuses
     */
    public StepResult getMessage(String channel, String ts) {
        return perform("get_message", Map.of("channel", channel, "ts", ts));
    }

    /**
     * Posts a message.
     *
     * @return with {@code channel}, the id, and {@code ts}
     */
    public StepResult postMessage(String channel, String text) {
        return perform("post_message", Map.of("channel", channel, "text", text));
    }

    /** Posts a message to a thread, see {@link #postMessage}. */
    public StepResult reply(String channel, String threadTs, String text) {
        return perform("post_message", Map.of("channel", channel, "thread_ts", threadTs, "text", text));
    }

    /** Gives a message of this app another text. One that has it is found done: {@code unchanged}. */
    public StepResult updateMessage(String channel, String ts, String text) {
        return perform("update_message", Map.of("channel", channel, "ts", ts, "text", text));
    }

    /** Deletes a message of this app; nothing brings it back. One that is not there is found done: {@code deleted}. */
    public StepResult deleteMessage(String channel, String ts) {
        return perform("delete_message", Map.of("channel", channel, "ts", ts));
    }

    /**
     * Adds a reaction. One that is there is found done: {@code already_reacted}.
     *
     * @param name name of an emoji, without colons
     */
    public StepResult addReaction(String channel, String ts, String name) {
        return perform("add_reaction", Map.of("channel", channel, "ts", ts, "name", name));
    }

    /** Closes its connections. Operations fail afterwards. */
    @Override
    public void close() throws Exception {
        this.client.close();
    }

    private StepResult perform(String operation, Map<String, @Nullable Object> args) {
        return this.steps.perform(prepare(operation, args));
    }
}

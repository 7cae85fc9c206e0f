package cloud.enact.connector.slack;

import cloud.enact.connector.RecordingSteps;
import cloud.enact.doubles.slack.SlackDouble;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A workspace with an app in it, and connectors to it. */
final class SlackWorkspace implements AutoCloseable {

    static final String TOKEN = "xoxb-0-secret";

    static final Set<String> ALL =
            Set.of("get_message", "post_message", "update_message", "delete_message", "add_reaction");

    private final SlackDouble slack = SlackDouble.start()
            .app(
                    TOKEN,
                    "UBOT",
                    "chat:write",
                    "channels:history",
                    "channels:read",
                    "im:history",
                    "im:read",
                    "groups:history",
                    "groups:read",
                    "mpim:read",
                    "mpim:history",
                    "reactions:write",
                    "reactions:read")
            .channel("C01", "general", "UBOT", "UANN")
            .channel("C02", "deploys", "UBOT", "UANN")
            .channel("C03", "board", "UANN")
            .channel("D01", "ann", "UBOT", "UANN")
            .channel("C04", "mpdm-ann-bob", "UBOT", "UANN");

    private final BlobStore blobs;

    private final RecordingSteps steps;

    private final List<SlackConnector> opened = new ArrayList<>();

    SlackWorkspace(Path directory) throws IOException {
        this.blobs = BlobStore.inDirectory(directory);
        this.steps = new RecordingSteps(this.blobs);
    }

    SlackDouble slack() {
        return this.slack;
    }

    BlobStore blobs() {
        return this.blobs;
    }

    RecordingSteps steps() {
        return this.steps;
    }

    /** A connector that may do everything in the channels general and deploys. */
    SlackConnector connector() {
        return connector(builder -> builder);
    }

    SlackConnector connector(UnaryOperator<SlackConnectorBuilder> changes) {
        return connector(TOKEN, this.steps, changes);
    }

    /** A connector that may do some operations in the channel general. */
    SlackConnector connector(Set<String> allowed, StepExecutor steps) {
        SlackConnector connector = SlackConnector.token(TOKEN)
                .endpoint(this.slack.endpoint())
                .operations(allowed)
                .channels(Set.of("general"))
                .build(steps);
        this.opened.add(connector);
        return connector;
    }

    SlackConnector connector(String token, StepExecutor steps, UnaryOperator<SlackConnectorBuilder> changes) {
        SlackConnector connector = changes.apply(SlackConnector.token(token)
                        .endpoint(this.slack.endpoint())
                        .requestTimeout(Duration.ofSeconds(20))
                        .operations(ALL)
                        .channels(Set.of("general", "deploys")))
                .build(steps);
        this.opened.add(connector);
        return connector;
    }

    @Override
    public void close() throws Exception {
        for (SlackConnector connector : this.opened) {
            connector.close();
        }
        this.slack.close();
    }
}

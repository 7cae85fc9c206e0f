package cloud.enact.receipt.anchor.webhook;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSink;
import cloud.enact.webhook.Webhook;
import cloud.enact.webhook.WebhookEvent;
import cloud.enact.webhook.WebhookOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts each checkpoint to an address, as a CloudEvent. Thread-safe. */
public final class WebhookCheckpointSink implements CheckpointSink {

    private final Webhook webhook;

    public WebhookCheckpointSink(WebhookOptions options, Clock clock) {
        this.webhook = new Webhook(options, clock);
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void accept(Checkpoint checkpoint) throws IOException {
        try {
            this.webhook.post(new WebhookEvent(
                    checkpoint.log() + "/" + checkpoint.size(),
                    "urn:enact:log:" + checkpoint.log(),
                    "cloud.enact.checkpoint",
                    checkpoint.timestamp(),
                    data(checkpoint)));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("Sending to the webhook was interrupted");
        }
    }

    private static Map<String, @Nullable Object> data(Checkpoint checkpoint) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("log", checkpoint.log());
        data.put("size", checkpoint.size());
        data.put("root", HexFormat.of().formatHex(checkpoint.root()));
        data.put("note", checkpoint.note());
        return data;
    }
}

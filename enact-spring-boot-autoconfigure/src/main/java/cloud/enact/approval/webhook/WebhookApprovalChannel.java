package cloud.enact.approval.webhook;

import cloud.enact.approval.ApprovalChannel;
import cloud.enact.approval.ApprovalMessage;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalText;
import cloud.enact.webhook.Webhook;
import cloud.enact.webhook.WebhookEvent;
import cloud.enact.webhook.WebhookOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Posts each request to an address, as a CloudEvent. Thread-safe. */
public final class WebhookApprovalChannel implements ApprovalChannel {

    private final String approver;

    private final Webhook webhook;

    /**
     * Makes the channel.
     *
     * @param approver who answers with the links in it
     * @param options where and how it posts
     * @param clock tells when a request was signed
     * @throws IllegalArgumentException when the approver is blank
     */
    public WebhookApprovalChannel(String approver, WebhookOptions options, Clock clock) {
        if (approver.isBlank()) {
            throw new IllegalArgumentException("somebody must answer: name the approver");
        }
        this.approver = approver;
        this.webhook = new Webhook(options, clock);
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Set<String> approvers(ApprovalRequest request) {
        return Set.of(this.approver);
    }

    @Override
    public void send(ApprovalMessage message) throws IOException, InterruptedException {
        ApprovalRequest request = message.request();
        this.webhook.post(new WebhookEvent(
                request.id().toString(),
                "urn:enact:approvals",
                "cloud.enact.approval.requested",
                request.timestamp(),
                data(message)));
    }

    private static Map<String, @Nullable Object> data(ApprovalMessage message) {
        Map<String, @Nullable Object> data =
                new LinkedHashMap<>(message.request().asMap());
        data.put("text", ApprovalText.body(message));
        if (message.approve() != null && message.deny() != null) {
            data.put("approve", message.approve().toString());
            data.put("deny", message.deny().toString());
        }
        return data;
    }
}

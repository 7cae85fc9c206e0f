package cloud.enact.sample;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.model.Message;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** The shop's channel on Slack, as people see it: past the agent and its connector. */
@Component
final class ShopChannel {

    private final DemoProperties.Slack slack;

    ShopChannel(DemoProperties properties) {
        this.slack = properties.slack();
    }

    String id() {
        return this.slack.channel();
    }

    /** Where it is, and whether that is real. */
    String place() {
        return "Slack " + id() + " (" + (this.slack.simulated() ? "a double on this machine" : this.slack.endpoint())
                + ")";
    }

    /** Its latest messages. */
    State state() throws IOException {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(this.slack.endpoint().toString());
        try (Slack client = Slack.getInstance(config)) {
            MethodsClient methods = client.methods(this.slack.token());
            ConversationsHistoryResponse history = methods.conversationsHistory(
                    request -> request.channel(id()).limit(100));
            if (!history.isOk()) {
                throw new IOException("Slack does not show channel " + id() + ": " + history.getError());
            }
            Hash hash = new Hash();
            for (Message message : history.getMessages()) {
                hash.add(message.getTs() + " " + message.getText());
            }
            return new State(hash.hex(), history.getMessages().size());
        } catch (IOException | RuntimeException ex) {
            throw ex;
        } catch (SlackApiException ex) {
            throw new IOException("Slack does not show channel " + id(), ex);
        } catch (Exception ex) {
            throw new IllegalStateException("Slack's client could not be closed", ex);
        }
    }

    /**
     * What stands there.
     *
     * @param sha256 a digest over all of it
     * @param messages how many there are
     */
    record State(String sha256, int messages) {

        String describe() {
            return "sha256:" + this.sha256.substring(0, 16) + "  messages " + this.messages;
        }
    }
}

package cloud.enact.connector.slack;

import cloud.enact.connector.ConnectorException;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds a reaction of the app. */
final class AddReaction extends SlackStep {

    private final String ts;

    private final String name;

    private boolean there;

    AddReaction(String connector, Map<String, @Nullable Object> args, SlackSite site) {
        super(connector, SlackOperation.ADD_REACTION, args, site);
        this.ts = text("ts");
        this.name = text("name");
    }

    @Override
    @Nullable
    Capture look(String channel) {
        String user = this.site.access().identity().user();
        Boolean reacted = this.site.messages().reacted(channel, this.ts, this.name, user);
        if (reacted == null) {
            throw new ConnectorException("There is no message of this time in the channel.");
        }
        this.there = reacted;
        return this.there
                ? null
                : SlackMemo.ofReaction(channel, this.ts, this.name).capture(SlackMemo.leaves(this.ts, this.name));
    }

    @Override
    StepResult change(String channel) {
        if (!this.there) {
            try {
                send(() -> this.site.messages().react(channel, this.ts, this.name));
            } catch (SlackException ex) {
                if (!ex.is("already_reacted")) {
                    throw ex;
                }
                // somebody did it in the app's name meanwhile: it is not ours to take away
                return new StepResult(output(channel, this.ts), "already_reacted", SlackMemo.nothing());
            }
        }
        return new StepResult(output(channel, this.ts), this.there ? "already_reacted" : null, null);
    }
}

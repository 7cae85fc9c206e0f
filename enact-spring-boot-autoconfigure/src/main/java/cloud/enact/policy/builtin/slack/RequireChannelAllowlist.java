package cloud.enact.policy.builtin.slack;

import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.PolicyParameters;
import cloud.enact.policy.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Lets only messages through that go to a listed channel. */
final class RequireChannelAllowlist extends SlackPolicy {

    static final String NAME = "slack.require-channel-allowlist";

    static final String HARM = "A message reaches people it was not meant for.";

    private final List<String> channels = new ArrayList<>();

    private final String instead;

    RequireChannelAllowlist(PolicyParameters with) {
        super(NAME, "The message goes to a listed channel.");
        List<String> listed = with.strings("channels");
        for (String channel : listed) {
            List<Target> targets = Target.of(channel);
            if (targets.size() != 1 || targets.get(0).name().isEmpty()) {
                throw with.wrong(
                        "channels", "holds something that is no channel", "Write channels as #general or C0123456789.");
            }
            this.channels.add(targets.get(0).name());
        }
        this.instead = "Post to '" + listed.get(0) + "', or ask a maintainer.";
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        for (Target target : targets(inputs)) {
            if (!this.channels.contains(target.name())) {
                return block("The channel " + quoted(target.name()) + " is not on the list. " + this.instead);
            }
        }
        return pass();
    }
}

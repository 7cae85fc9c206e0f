package cloud.enact.policy.builtin.slack;

import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.Set;

/** Blocks messages that only the people named can read. */
final class BlockDms extends SlackPolicy {

    static final String NAME = "slack.block-dms";

    static final String HARM = "An agent talks to people where nobody else sees what it says.";

    private static final Set<String> DIRECT = Set.of("dm", "dms", "im", "mpim", "mpdm", "direct", "whisper");

    BlockDms() {
        super(NAME, "The message goes to a channel.");
    }

    @Override
    protected Verdict decide(PolicyInputs inputs) {
        boolean direct =
                inputs.words().hasAny(DIRECT) || targets(inputs).stream().anyMatch(Target::direct);
        return direct
                ? block("Direct messages are not allowed. Post to a channel that others read as well, such as"
                        + " '#general'.")
                : pass();
    }
}

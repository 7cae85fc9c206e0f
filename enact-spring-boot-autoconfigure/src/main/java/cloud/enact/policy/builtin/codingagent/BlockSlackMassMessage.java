package cloud.enact.policy.builtin.codingagent;

import cloud.enact.analysis.shell.ShellCommand;
import cloud.enact.analysis.shell.ShellFacts;
import cloud.enact.analysis.shell.ShellWord;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks messages to many channels or people of a chat at once, and those that ring for everybody. */
final class BlockSlackMassMessage extends CommandPolicy {

    static final String NAME = "coding-agent.block-slack-mass-message";

    static final String HARM = "Hundreds of people get a message that nobody can take back.";

    private static final String INSTEAD = " Post to one channel, without mentions of everybody.";

    private static final Set<String> CHATS = Set.of("slack", "teams", "discord", "mattermost", "chat", "telegram");

    private static final List<String> RINGS =
            List.of("<!channel", "<!everyone", "<!here", "<!subteam", "@channel", "@everyone", "@here");

    private static final List<String> POSTS = List.of(
            "chat.postmessage",
            "chat.postephemeral",
            "chat.schedulemessage",
            "hooks.slack.com",
            "conversations.open",
            "discord.com/api/webhooks");

    private static final Set<String> TALKERS = Set.of("echo", "printf", "grep", "rg", "git", "cat");

    BlockSlackMassMessage() {
        super(NAME, "No message goes to many at once.", "slack discord webhooks postmessage");
    }

    @Override
    protected boolean appliesToTool(PolicyInputs inputs) {
        return inputs.words().hasAny(CHATS);
    }

    @Override
    protected @Nullable Verdict judgeTool(PolicyInputs inputs) {
        if (inputs.words().isRead() || !inputs.words().hasAny(CHATS)) {
            return null;
        }
        if (Recipients.most(inputs, Set.of("channel", "recipient", "user", "member", "to")) > 1) {
            return block("The message goes to more than one channel or person." + INSTEAD);
        }
        for (String text : inputs.texts(InputName.CONTENT)) {
            if (rings(text)) {
                return block("The message rings for everybody in a channel." + INSTEAD);
            }
        }
        return inputs.words().hasAny(Set.of("broadcast", "bulk", "mass", "blast", "everyone"))
                ? block("The action sends to everybody." + INSTEAD)
                : null;
    }

    @Override
    protected @Nullable Verdict judgeShell(PolicyInputs inputs, ShellFacts shell) {
        for (ShellCommand command : shell.commands()) {
            if (isTalk(command)) {
                continue;
            }
            String all = String.join(" ", command.argv()).toLowerCase(Locale.ROOT);
            boolean posts = POSTS.stream().anyMatch(all::contains)
                    || command.name().equals("slack") && all.contains("chat send");
            if (!posts) {
                continue;
            }
            if (rings(all)) {
                return block("The message rings for everybody in a channel." + INSTEAD);
            }
            boolean dynamicChannel =
                    command.arguments().stream().anyMatch(word -> word.dynamic() && namesChannel(word));
            if (isForMany(command) || dynamicChannel) {
                return block("The message goes to as many channels as something else lists." + INSTEAD);
            }
        }
        return null;
    }

    private static boolean namesChannel(ShellWord word) {
        String text = word.text().toLowerCase(Locale.ROOT);
        int at = text.indexOf("channel");
        if (at < 0) {
            return false;
        }
        int variable = text.indexOf('$', at);
        return variable >= 0 && variable - at < 16;
    }

    private static boolean rings(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        return RINGS.stream().anyMatch(folded::contains);
    }

    private static boolean isTalk(ShellCommand command) {
        return TALKERS.contains(command.name());
    }
}

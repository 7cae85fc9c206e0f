package cloud.enact.policy.builtin.slack;

import cloud.enact.policy.ActionWords;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.builtin.ArgumentPolicy;
import cloud.enact.policy.builtin.NamedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A policy that judges where a chat message goes. */
abstract class SlackPolicy extends ArgumentPolicy {

    private static final Set<String> CHATS =
            Set.of("slack chat mattermost rocketchat teams discord zulip webex".split(" "));

    private static final Set<String> SENDS =
            Set.of(("send post message notify dm open share upload schedule reply ping write publish announce "
                            + "broadcast forward")
                    .split(" "));

    private static final Set<String> CHANNELS =
            Set.of(("channel channels channelid channelids channelname channelnames conversation conversationid "
                            + "conversations room rooms roomid slackchannel slackchannelid channelorid targetchannel "
                            + "destinationchannel tochannel shareto")
                    .split(" "));

    private static final Set<String> RECEIVERS =
            Set.of("to recipient recipients target targets destination destinations".split(" "));

    private static final Set<String> PEOPLE =
            Set.of("user users userid userids username usernames slackuser slackuserid member members".split(" "));

    SlackPolicy(String name, String passReason) {
        super(name, passReason);
    }

    @Override
    protected final boolean appliesTo(PolicyInputs inputs) {
        ActionWords words = inputs.words();
        return !words.isRead()
                && (words.hasAny(CHATS)
                        || words.indexInOperation(SENDS) >= 0
                                && !values(inputs, CHANNELS).isEmpty());
    }

    /** Where the message goes; people only where no channel is named, because they may just be who sees it there. */
    static List<Target> targets(PolicyInputs inputs) {
        List<Target> targets = new ArrayList<>(1);
        for (Set<String> names : List.of(CHANNELS, RECEIVERS)) {
            values(inputs, names).forEach(text -> targets.addAll(Target.of(text)));
        }
        if (targets.isEmpty() && inputs.words().indexInOperation(SENDS) >= 0) {
            values(inputs, PEOPLE).forEach(text -> targets.add(Target.person(text)));
        }
        return targets;
    }

    private static List<String> values(PolicyInputs inputs, Set<String> names) {
        List<String> texts = new ArrayList<>(1);
        NamedValues.of(inputs.request().args(), names::contains).forEach(value -> texts.addAll(channelTexts(value)));
        texts.removeIf(String::isBlank);
        return texts;
    }

    /** Of an object with an id and a name the id counts, where there is one. */
    private static List<String> channelTexts(Object value) {
        List<String> texts = new ArrayList<>(1);
        if (value instanceof List<?> list) {
            for (Object element : list) {
                texts.addAll((element != null) ? channelTexts(element) : List.of());
            }
            return texts;
        }
        if (value instanceof Map<?, ?> map && map.get("id") instanceof String id) {
            return List.of(id);
        }
        return NamedValues.texts(value);
    }
}

package cloud.enact.connector.slack;

import cloud.enact.connector.AllowedOperations;
import cloud.enact.undo.StepOperation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes steps from the names and arguments of operations. Thread-safe. */
final class SlackSteps {

    private static final Pattern TIME = Pattern.compile("[0-9]{1,12}\\.[0-9]{6}");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private static final Pattern EMOJI = Pattern.compile("[\\p{L}\\p{M}\\p{N}_+'-]{1,100}(::skin-tone-[2-6])?");

    private final String connector;

    private final AllowedOperations<SlackOperation> operations;

    private final SlackSite site;

    SlackSteps(String connector, AllowedOperations<SlackOperation> operations, SlackSite site) {
        this.connector = connector;
        this.operations = operations;
        this.site = site;
    }

    StepOperation prepare(String id, Map<String, @Nullable Object> args) {
        SlackOperation operation = this.operations.require(id, args);
        Map<String, @Nullable Object> checked = new LinkedHashMap<>();
        checked.put("channel", this.site.channels().require(text(args, "channel")));
        return switch (operation) {
            case GET_MESSAGE -> {
                checked.put("ts", time(args, "ts"));
                yield new GetMessage(this.connector, checked, this.site);
            }
            case POST_MESSAGE -> {
                checked.put("text", words(args, SlackStep.MAX_TEXT));
                if (args.get("thread_ts") != null) {
                    checked.put("thread_ts", time(args, "thread_ts"));
                }
                if (args.get("client_msg_id") != null) {
                    checked.put(
                            "client_msg_id",
                            matching(args, "client_msg_id", ID, "8 to 64 letters, digits, dots and hyphens"));
                }
                yield new PostMessage(this.connector, checked, this.site);
            }
            case UPDATE_MESSAGE -> {
                checked.put("ts", time(args, "ts"));
                checked.put("text", words(args, SlackStep.MAX_TEXT));
                yield new UpdateMessage(this.connector, checked, this.site);
            }
            case DELETE_MESSAGE -> {
                checked.put("ts", time(args, "ts"));
                yield new DeleteMessage(this.connector, checked, this.site);
            }
            case ADD_REACTION -> {
                checked.put("ts", time(args, "ts"));
                checked.put("name", matching(args, "name", EMOJI, "the name of one emoji without colons"));
                yield new AddReaction(this.connector, checked, this.site);
            }
        };
    }

    private static String time(Map<String, @Nullable Object> args, String name) {
        return matching(args, name, TIME, "the time of a message as Slack gives it, such as 1700000000.000100");
    }

    private static String matching(Map<String, @Nullable Object> args, String name, Pattern pattern, String what) {
        String text = text(args, name);
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " takes " + what);
        }
        return text;
    }

    private static String words(Map<String, @Nullable Object> args, int length) {
        String text = text(args, "text");
        if (text.isBlank() || text.length() > length) {
            throw new IllegalArgumentException("text takes 1 to " + length + " characters");
        }
        return text;
    }

    private static String text(Map<String, @Nullable Object> args, String name) {
        if (args.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException(name + " is needed, as text");
    }
}

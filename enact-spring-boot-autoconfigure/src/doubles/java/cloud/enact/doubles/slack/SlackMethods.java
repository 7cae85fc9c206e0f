package cloud.enact.doubles.slack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The methods of the Web API that are doubled, each with its scope and its refusals. Guarded by its workspace. */
final class SlackMethods {

    private static final int UPDATE_LENGTH = 4000;

    private static final int POST_LENGTH = 4000;

    private static final int PAGE = 100;

    private final JsonMapper json = new JsonMapper();

    private final Map<String, SlackChannel> channels;

    private final SlackClock clock;

    SlackMethods(Map<String, SlackChannel> channels, SlackClock clock) {
        this.channels = channels;
        this.clock = clock;
    }

    Map<String, @Nullable Object> call(String method, SlackApp app, Map<String, String> form) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.putAll(
                switch (method) {
                    case "auth.test" -> Map.of("user_id", app.user(), "bot_id", "B" + app.user(), "team_id", "T1");
                    case "chat.postMessage" -> post(app, form);
                    case "chat.update" -> update(app, form);
                    case "chat.delete" -> delete(app, form);
                    case "reactions.add" -> react(app, form);
                    case "reactions.remove" -> unreact(app, form);
                    case "reactions.get" -> reactions(app, form);
                    case "conversations.history" -> history(app, form);
                    case "conversations.replies" -> replies(app, form);
                    case "conversations.info" -> info(app, form);
                    case "conversations.list" -> list(app, form);
                    default -> throw new SlackProblem("unknown_method");
                });
        return answer;
    }

    private Map<String, @Nullable Object> post(SlackApp app, Map<String, String> form) {
        app.require("chat:write");
        SlackChannel channel = joined(app, form);
        if (channel.isArchived()) {
            throw new SlackProblem("is_archived");
        }
        String text = text(form, POST_LENGTH);
        String threadTs = form.get("thread_ts");
        if (threadTs != null && channel.thread(threadTs).isEmpty()) {
            throw new SlackProblem("thread_not_found");
        }
        // a client_msg_id keeps no second message away: nothing that is documented says so
        SlackMessage message = new SlackMessage(
                this.clock.next(), app.user(), text, threadTs, parsed(form, "metadata"), parsed(form, "blocks"));
        channel.add(message);
        return Map.of("channel", channel.id(), "ts", message.ts(), "message", message.json(true));
    }

    private Map<String, @Nullable Object> update(SlackApp app, Map<String, String> form) {
        app.require("chat:write");
        SlackChannel channel = known(app, form);
        SlackMessage message = message(channel, form, "ts");
        if (!message.user().equals(app.user())) {
            throw new SlackProblem("cant_update_message");
        }
        message.edit(app.user(), text(form, UPDATE_LENGTH), parsed(form, "metadata"));
        Map<String, @Nullable Object> json = message.json(true);
        return Map.of("channel", channel.id(), "ts", message.ts(), "text", "" + json.get("text"), "message", json);
    }

    private Map<String, @Nullable Object> delete(SlackApp app, Map<String, String> form) {
        app.require("chat:write");
        SlackChannel channel = known(app, form);
        SlackMessage message = message(channel, form, "ts");
        if (!message.user().equals(app.user())) {
            throw new SlackProblem("cant_delete_message");
        }
        channel.remove(message.ts());
        return Map.of("channel", channel.id(), "ts", message.ts());
    }

    private Map<String, @Nullable Object> react(SlackApp app, Map<String, String> form) {
        app.require("reactions:write");
        SlackMessage message = message(joined(app, form), form, "timestamp");
        if (!name(form).matches("[a-z0-9_+'-]+(::skin-tone-[2-6])?")) {
            throw new SlackProblem("invalid_name");
        }
        if (!message.react(app.user(), name(form))) {
            throw new SlackProblem("already_reacted");
        }
        return Map.of();
    }

    private Map<String, @Nullable Object> unreact(SlackApp app, Map<String, String> form) {
        app.require("reactions:write");
        if (!message(joined(app, form), form, "timestamp").unreact(app.user(), name(form))) {
            throw new SlackProblem("no_reaction");
        }
        return Map.of();
    }

    private Map<String, @Nullable Object> reactions(SlackApp app, Map<String, String> form) {
        app.require("reactions:read");
        SlackChannel channel = joined(app, form);
        return Map.of(
                "type", "message",
                "channel", channel.id(),
                "message", message(channel, form, "timestamp").json(false));
    }

    private Map<String, @Nullable Object> history(SlackApp app, Map<String, String> form) {
        SlackChannel channel = read(app, form);
        return page(channel.history(), form);
    }

    private Map<String, @Nullable Object> replies(SlackApp app, Map<String, String> form) {
        SlackChannel channel = read(app, form);
        String ts = form.getOrDefault("ts", "");
        List<SlackMessage> thread = channel.thread(ts);
        if (thread.isEmpty()) {
            throw new SlackProblem("thread_not_found");
        }
        return page(thread, form);
    }

    private Map<String, @Nullable Object> info(SlackApp app, Map<String, String> form) {
        SlackChannel channel = known(app, form);
        app.require(channel.kind() + ":read");
        return Map.of("channel", channel.json(app.user()));
    }

    private Map<String, @Nullable Object> list(SlackApp app, Map<String, String> form) {
        List<String> types =
                List.of(form.getOrDefault("types", "public_channel").split(","));
        types.forEach(type -> app.require(
                switch (type.trim()) {
                    case "private_channel" -> "groups:read";
                    case "im" -> "im:read";
                    case "mpim" -> "mpim:read";
                    default -> "channels:read";
                }));
        List<SlackChannel> visible = this.channels.values().stream()
                .filter(channel -> !channel.isArchived() || !"true".equals(form.get("exclude_archived")))
                .filter(channel -> switch (channel.kind()) {
                    case "channels" -> types.contains("public_channel");
                    case "groups" -> types.contains("private_channel") && isIn(channel, app);
                    default -> types.contains(channel.kind()) && isIn(channel, app);
                })
                .toList();
        int limit = Math.min(Integer.parseInt(form.getOrDefault("limit", "100")), 1000);
        String cursor = form.getOrDefault("cursor", "");
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(from + limit, visible.size());
        List<Object> page = new ArrayList<>();
        visible.subList(from, to).forEach(channel -> page.add(channel.json(app.user())));
        return Map.of(
                "channels", page, "response_metadata", Map.of("next_cursor", (to < visible.size()) ? "" + to : ""));
    }

    private Map<String, @Nullable Object> page(List<SlackMessage> all, Map<String, String> form) {
        BigDecimal oldest = new BigDecimal(form.getOrDefault("oldest", "0"));
        BigDecimal latest = new BigDecimal(form.getOrDefault("latest", "99999999999"));
        boolean inclusive = isTrue(form.get("inclusive"));
        int limit = Math.min(Integer.parseInt(form.getOrDefault("limit", "" + PAGE)), 999);
        List<SlackMessage> within = all.stream()
                .filter(message -> {
                    BigDecimal ts = new BigDecimal(message.ts());
                    int low = ts.compareTo(oldest);
                    int high = ts.compareTo(latest);
                    return inclusive ? low >= 0 && high <= 0 : low > 0 && high < 0;
                })
                .toList();
        String cursor = form.getOrDefault("cursor", "");
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(from + limit, within.size());
        List<Object> messages = new ArrayList<>();
        within.subList(from, to)
                .forEach(message -> messages.add(message.json(isTrue(form.get("include_all_metadata")))));
        boolean more = to < within.size();
        return Map.of(
                "messages",
                messages,
                "has_more",
                more,
                "response_metadata",
                Map.of("next_cursor", more ? "" + to : ""));
    }

    private SlackChannel read(SlackApp app, Map<String, String> form) {
        SlackChannel channel = known(app, form);
        app.require(channel.kind() + ":history");
        if (!isIn(channel, app)) {
            throw new SlackProblem("not_in_channel");
        }
        return channel;
    }

    private SlackChannel joined(SlackApp app, Map<String, String> form) {
        SlackChannel channel = known(app, form);
        if (!isIn(channel, app)) {
            throw new SlackProblem("not_in_channel");
        }
        return channel;
    }

    /** Ids only: names are taken by some methods of Slack and not by others. */
    private SlackChannel known(SlackApp app, Map<String, String> form) {
        SlackChannel channel = this.channels.get(form.getOrDefault("channel", ""));
        if (channel == null || (channel.kind().equals("groups") && !isIn(channel, app))) {
            throw new SlackProblem("channel_not_found");
        }
        return channel;
    }

    private static boolean isIn(SlackChannel channel, SlackApp app) {
        return channel.members().contains(app.user());
    }

    private static boolean isTrue(@Nullable String text) {
        return "true".equals(text) || "1".equals(text);
    }

    private static SlackMessage message(SlackChannel channel, Map<String, String> form, String key) {
        return channel.message(form.getOrDefault(key, "")).orElseThrow(() -> new SlackProblem("message_not_found"));
    }

    private static String name(Map<String, String> form) {
        return form.getOrDefault("name", "");
    }

    private static String text(Map<String, String> form, int length) {
        String text = form.getOrDefault("text", "");
        if (text.isEmpty()) {
            throw new SlackProblem("no_text");
        }
        if (text.length() > length) {
            throw new SlackProblem("msg_too_long");
        }
        return text;
    }

    private @Nullable Object parsed(Map<String, String> form, String key) {
        String text = form.get(key);
        if (text == null) {
            return null;
        }
        try {
            return this.json.readValue(text, Object.class);
        } catch (JacksonException ex) {
            throw new SlackProblem("invalid_" + key + "_format");
        }
    }
}

package cloud.enact.cli;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.StrictJson;
import cloud.enact.policy.check.PolicyCall;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that describe a call which nobody makes. */
final class CallOptions {

    private static final int LONGEST = 1024 * 1024;

    private static final Set<String> ACTOR_KEYS = Set.of("id", "roles", "attributes");

    @Option(names = "--action", required = true, paramLabel = "NAME", description = "Name of the action.")
    private String action = "";

    @Option(names = "--args", paramLabel = "JSON", defaultValue = "{}", description = "Its arguments.")
    private String args = "";

    @Option(
            names = "--actor",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "Who asks: id, roles, attributes.")
    private String actor = "";

    @Option(names = "--now", paramLabel = "TIME", defaultValue = "", description = "When, as 2026-01-31T22:30:00Z.")
    private String now = "";

    ActionRequest request() {
        return new PolicyCall(
                        this.action,
                        object("--args", this.args),
                        actor(object("--actor", this.actor)),
                        instant(),
                        null,
                        List.of())
                .request();
    }

    private static Actor actor(Map<String, @Nullable Object> json) {
        for (String key : json.keySet()) {
            if (!ACTOR_KEYS.contains(key)) {
                throw new CommandException(
                        "--actor has a member that is none of " + String.join(", ", new TreeSet<>(ACTOR_KEYS)));
            }
        }
        Object id = json.getOrDefault("id", Actor.anonymous().id());
        Object roles = json.getOrDefault("roles", List.of());
        Object attributes = json.getOrDefault("attributes", Map.of());
        if (id instanceof String name
                && !name.isBlank()
                && roles instanceof Collection<?> names
                && names.stream().allMatch(String.class::isInstance)
                && attributes instanceof Map<?, ?> values) {
            Set<String> texts = new TreeSet<>();
            names.forEach(role -> texts.add(String.valueOf(role)));
            return new Actor(name, texts, members(values), null, null, "caller");
        }
        throw new CommandException("--actor must look like"
                + " {\"id\": \"ann\", \"roles\": [\"support\"], \"attributes\": {\"level\": 3}}");
    }

    private static Map<String, @Nullable Object> object(String option, String text) {
        try {
            if (new StrictJson(LONGEST, Arguments.MAX_DEPTH).read(text) instanceof Map<?, ?> map) {
                return members(map);
            }
        } catch (IllegalArgumentException ex) {
            throw new CommandException("The values of " + option + " " + ex.getMessage());
        }
        throw new CommandException(option + " must be a JSON object, such as {\"amount\": 501}");
    }

    @SuppressWarnings("unchecked") // the keys of JSON are text
    private static Map<String, @Nullable Object> members(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    private Instant instant() {
        try {
            return this.now.isEmpty() ? Clock.systemUTC().instant() : Instant.parse(this.now);
        } catch (DateTimeException ex) {
            throw new CommandException("--now is no time; write it as 2026-01-31T22:30:00Z");
        }
    }
}

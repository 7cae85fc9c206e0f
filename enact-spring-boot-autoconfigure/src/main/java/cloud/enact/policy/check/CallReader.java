package cloud.enact.policy.check;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.Actor;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.file.YamlValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the call of a test. */
final class CallReader {

    /** A Monday, so that tests mean the same on every day. */
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private static final List<String> ACTOR_KEYS = List.of("id", "roles", "attributes", "agent", "on-behalf-of");

    private static final List<String> EARLIER_KEYS = List.of("action", "args", "actor", "at", "effect");

    private final YamlValue test;

    private final Map<String, YamlValue> members;

    CallReader(YamlValue test, Map<String, YamlValue> members) {
        this.test = test;
        this.members = members;
    }

    PolicyCall read() {
        YamlValue now = this.members.get("now");
        Instant moment = (now != null) ? instant(now, "'now'") : NOON;
        return new PolicyCall(
                required("action").text("'action'"),
                map(this.members.get("args"), "'args'"),
                actor(this.members.get("actor")),
                moment,
                effect(this.members.get("effect")),
                run(this.members.get("run"), moment));
    }

    YamlValue required(String key) {
        YamlValue value = this.members.get(key);
        if (value == null) {
            throw this.test.wrong("the test has no '" + key + "'", "Add it.");
        }
        return value;
    }

    /** Earlier actions are a minute apart unless they say when they were. */
    private static List<EarlierAction> run(@Nullable YamlValue run, Instant now) {
        List<YamlValue> elements = (run != null) ? run.elements("'run'") : List.of();
        List<EarlierAction> earlier = new ArrayList<>();
        for (YamlValue element : elements) {
            Map<String, YamlValue> members = element.members("an earlier action", EARLIER_KEYS);
            YamlValue at = members.get("at");
            CallReader reader = new CallReader(element, members);
            earlier.add(new EarlierAction(
                    reader.required("action").text("'action'"),
                    map(members.get("args"), "'args'"),
                    actor(members.get("actor")).id(),
                    (at != null)
                            ? instant(at, "'at'")
                            : now.minus(Duration.ofMinutes((long) elements.size() - earlier.size())),
                    effect(members.get("effect"))));
        }
        return earlier;
    }

    private static Actor actor(@Nullable YamlValue actor) {
        if (actor == null) {
            return Actor.anonymous();
        }
        if (actor.isScalar()) {
            return Actor.of(id(actor));
        }
        Map<String, YamlValue> members = actor.members("'actor'", ACTOR_KEYS);
        YamlValue roles = members.get("roles");
        YamlValue id = members.get("id");
        return new Actor(
                (id != null) ? id(id) : Actor.anonymous().id(),
                (roles != null) ? Set.copyOf(roles.texts("'roles'")) : Set.of(),
                map(members.get("attributes"), "'attributes'"),
                text(members.get("agent")),
                text(members.get("on-behalf-of")),
                "caller");
    }

    private static String id(YamlValue value) {
        String id = value.text("the actor's id");
        if (id.isBlank()) {
            throw value.wrong("the actor's id is blank", "Give it a name, or leave the actor out.");
        }
        return id;
    }

    /** Rows by table. */
    private static @Nullable ActionEffect effect(@Nullable YamlValue effect) {
        if (effect == null) {
            return null;
        }
        Map<String, Long> tables = new TreeMap<>();
        effect.members("'effect'").forEach((table, rows) -> {
            if (!(rows.value() instanceof Long count) || count < 0) {
                throw rows.wrong("'effect' must say how many rows of each table", "Write it as effect: { users: 3 }.");
            }
            tables.put(table, count);
        });
        return new ActionEffect(tables, List.of());
    }

    private static Map<String, @Nullable Object> map(@Nullable YamlValue value, String what) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value != null && !value.isNull()) {
            value.members(what).forEach((key, member) -> map.put(key, member.value()));
        }
        return map;
    }

    private static @Nullable String text(@Nullable YamlValue value) {
        return (value != null) ? value.text("this") : null;
    }

    private static Instant instant(YamlValue value, String what) {
        try {
            return Instant.parse(value.text(what));
        } catch (DateTimeException ex) {
            throw value.wrong(what + " is no time", "Write it as 2026-01-31T22:30:00Z.");
        }
    }
}

package cloud.enact.api;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Arguments;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.PolicySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks about.
 *
 * @param call the call that is imagined
 * @param history what is imagined to have happened before, or {@code null} for what really did
 * @param policies the policies to ask, or {@code null} for the effective set
 * @param explain whether the facts are told, too
 */
record DecisionRequest(
        ActionRequest call,
        @Nullable ActionHistory history,
        @Nullable List<PolicySpec> policies,
        boolean explain) {

    private static final int LONGEST_NAME = 1000;

    private static final int MOST_ROLES = 1000;

    private static final int MOST_EARLIER = 1000;

    private static final List<String> MEMBERS = List.of(
            "action", "args", "actor", "now", "policies", "explain", "resource", "reversibility", "effect", "run");

    static DecisionRequest read(
            @Nullable Object json, Function<String, @Nullable Reversibility> known, IdGenerator ids, Clock clock) {
        Members body = Members.of("", json, MEMBERS);
        String action = body.text("action", LONGEST_NAME);
        Instant now = Times.read(body, "now", clock.instant());
        Actor actor = actor(body);
        @Nullable
        Members run = body.has("run") ? Members.of("run", body.value("run"), List.of("name", "actions")) : null;
        Reversibility given = body.choice("reversibility", Reversibility.class);
        Reversibility reversibility = (given != null) ? given : known.apply(action);
        ActionRequest call = new ActionRequest(
                ids.next(),
                new Run(new RunId(ids.next()), (run != null) ? run.optionalText("name", LONGEST_NAME) : null),
                null,
                action,
                arguments(body),
                actor,
                resource(body),
                (reversibility != null) ? reversibility : Reversibility.IRREVERSIBLE,
                now,
                effect(body));
        return new DecisionRequest(
                call,
                (run != null && run.has("actions")) ? history(run, actor, now) : null,
                body.has("policies") ? RequestedPolicies.ofACall().read(body, "policies") : null,
                body.flag("explain"));
    }

    private static Map<String, @Nullable Object> arguments(Members members) {
        return frozen(members, "args");
    }

    private static Map<String, @Nullable Object> frozen(Members members, String name) {
        try {
            return Arguments.freeze(members.object(name));
        } catch (IllegalArgumentException ex) {
            throw ApiException.malformed(
                    "'" + members.place(name) + "' nests too deeply.",
                    "Use at most " + Arguments.MAX_DEPTH + " levels.");
        }
    }

    private static Actor actor(Members body) {
        if (!body.has("actor")) {
            return Actor.anonymous();
        }
        Members actor =
                Members.of("actor", body.value("actor"), List.of("id", "roles", "attributes", "agent", "on_behalf_of"));
        String id = actor.optionalText("id", LONGEST_NAME);
        return new Actor(
                (id != null) ? id : Actor.anonymous().id(),
                actor.texts("roles", MOST_ROLES, LONGEST_NAME),
                frozen(actor, "attributes"),
                actor.optionalText("agent", LONGEST_NAME),
                actor.optionalText("on_behalf_of", LONGEST_NAME),
                "caller");
    }

    private static @Nullable ResourceRef resource(Members body) {
        if (!body.has("resource")) {
            return null;
        }
        Members resource = Members.of("resource", body.value("resource"), List.of("type", "id"));
        return new ResourceRef(resource.text("type", LONGEST_NAME), resource.text("id", LONGEST_NAME));
    }

    /** How many rows of which table the call would change. */
    private static @Nullable ActionEffect effect(Members body) {
        if (!body.has("effect")) {
            return null;
        }
        Map<String, Long> tables = new TreeMap<>();
        body.object("effect").forEach((table, rows) -> {
            if (!(rows instanceof Integer || rows instanceof Long) || ((Number) rows).longValue() < 0) {
                throw ApiException.malformed(
                        "'effect' must say how many rows of each table.", "Write it as {\"public.users\": 3}.");
            }
            tables.put(table, ((Number) rows).longValue());
        });
        return new ActionEffect(tables, List.of());
    }

    private static ActionHistory history(Members run, Actor actor, Instant now) {
        List<EarlierAction> actions = new ArrayList<>();
        for (Object element : run.list("actions", MOST_EARLIER)) {
            Members earlier = Members.of(
                    "run.actions[" + actions.size() + "]", element, List.of("action", "args", "actor", "timestamp"));
            String by = earlier.optionalText("actor", LONGEST_NAME);
            actions.add(new EarlierAction(
                    earlier.text("action", LONGEST_NAME),
                    arguments(earlier),
                    (by != null) ? by : actor.id(),
                    Times.read(earlier, "timestamp", now),
                    null));
        }
        return ActionHistory.of(actions);
    }
}

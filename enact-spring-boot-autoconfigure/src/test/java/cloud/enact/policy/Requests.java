package cloud.enact.policy;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.ResourceRef;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests for the tests of policies. */
public final class Requests {

    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private Requests() {}

    /** A request with arguments given as name, value, name, value. */
    public static ActionRequest request(String action, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            args.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return request(action, args, Actor.anonymous(), NOW, Reversibility.IRREVERSIBLE);
    }

    public static ActionRequest by(Actor actor, String action) {
        return request(action, Map.of(), actor, NOW, Reversibility.IRREVERSIBLE);
    }

    public static ActionRequest at(Instant timestamp, Reversibility reversibility) {
        return request("deploy.release", Map.of(), Actor.anonymous(), timestamp, reversibility);
    }

    public static ActionRequest request(
            String action,
            Map<String, @Nullable Object> args,
            Actor actor,
            Instant timestamp,
            Reversibility reversibility) {
        return new ActionRequest(ID, Run.of(new RunId(ID)), null, action, args, actor, null, reversibility, timestamp);
    }

    public static ActionRequest on(ResourceRef resource) {
        return new ActionRequest(
                ID,
                new Run(new RunId(ID), "nightly"),
                null,
                "files.touch",
                Map.of(),
                Actor.of("a@example.com", "dev"),
                resource,
                Reversibility.REVERSIBLE,
                NOW);
    }
}

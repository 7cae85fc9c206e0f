package cloud.enact.policy.facts;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.ResourceRef;
import cloud.enact.policy.InputName;
import cloud.enact.policy.PolicyInputs;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What expressions can ask about a call, under the names of their variables, and what an explanation tells of it. Found
 * out only when somebody reads it.
 */
public final class Facts {

    private static final List<FactType<PolicyInputs>> OF_ARGUMENTS =
            List.of(CommandFields.CMD, SqlFields.SQL, PathFields.PATH, UrlFields.URL);

    private Facts() {}

    /** The variables that have fields; {@code resource} is {@code null} where it is not known. */
    public static Map<String, FactType<?>> types() {
        Map<String, FactType<?>> types = new LinkedHashMap<>();
        for (FactType<?> type : List.of(
                RequestFields.ACTION,
                RequestFields.ACTOR,
                RequestFields.RESOURCE,
                RequestFields.RUN,
                RequestFields.EFFECT)) {
            types.put(type.name(), type);
        }
        OF_ARGUMENTS.forEach(type -> types.put(type.name(), type));
        return Collections.unmodifiableMap(types);
    }

    /**
     * A variable as a map that finds out what is read from it.
     *
     * @param name one of {@link #types()}
     * @return {@code null} for a resource that is not known, and for any other name
     */
    public static @Nullable Map<String, @Nullable Object> of(String name, PolicyInputs call) {
        ActionRequest request = call.request();
        return switch (name) {
            case "action" -> RequestFields.ACTION.view(request);
            case "actor" -> RequestFields.ACTOR.view(request.actor());
            case "resource" -> resource(request.resource());
            case "run" -> RequestFields.RUN.view(call);
            // what nobody has measured yet changes nothing yet: the policy is asked again when it is known
            case "effect" ->
                RequestFields.EFFECT.view((request.effect() != null) ? request.effect() : ActionEffect.none());
            case "cmd" -> CommandFields.CMD.view(call);
            case "sql" -> SqlFields.SQL.view(call);
            case "path" -> PathFields.PATH.view(call);
            case "url" -> UrlFields.URL.view(call);
            default -> null;
        };
    }

    /** The facts of the arguments, for people: those of kinds that the arguments hold. */
    public static Map<String, @Nullable Object> explain(PolicyInputs call) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        if (!call.shell().isEmpty()) {
            facts.put("cmd", CommandFields.CMD.view(call));
        }
        if (!call.sql().isEmpty()) {
            facts.put("sql", SqlFields.SQL.view(call));
        }
        if (call.has(InputName.PATH)) {
            facts.put("path", PathFields.PATH.view(call));
        }
        if (call.has(InputName.URL)) {
            facts.put("url", UrlFields.URL.view(call));
        }
        return facts;
    }

    private static @Nullable Map<String, @Nullable Object> resource(@Nullable ResourceRef resource) {
        return (resource != null) ? RequestFields.RESOURCE.view(resource) : null;
    }
}

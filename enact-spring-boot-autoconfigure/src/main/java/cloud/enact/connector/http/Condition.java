package cloud.enact.connector.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be like.
 *
 * @param statuses status codes it may have; empty for any of success
 * @param json values it must have
 */
record Condition(List<Integer> statuses, Map<Pointer, BodyTemplate> json) {

    /** Any status of success. */
    static final Condition SUCCESS = new Condition(List.of(), Map.of());

    static Condition read(Map<String, Place> members, Variables variables, Template.Scope scope) {
        Place status = members.get("status");
        Place json = members.get("json");
        Map<Pointer, BodyTemplate> values = new LinkedHashMap<>();
        if (json != null) {
            json.members()
                    .forEach((pointer, value) ->
                            values.put(Pointer.read(value, pointer), BodyTemplate.read(value, variables, scope)));
        }
        return new Condition((status != null) ? status.statuses() : List.of(), values);
    }

    static @Nullable Condition read(@Nullable Place place, Variables variables, Template.Scope scope) {
        return (place != null) ? read(place.members("status", "json"), variables, scope) : null;
    }

    boolean holds(Answer answer, Values values) {
        boolean status = this.statuses.isEmpty() ? answer.isSuccess() : this.statuses.contains(answer.status());
        return status
                && this.json.entrySet().stream()
                        .allMatch(entry -> Json.same(
                                entry.getKey().in(answer.document()),
                                entry.getValue().render(values)));
    }
}

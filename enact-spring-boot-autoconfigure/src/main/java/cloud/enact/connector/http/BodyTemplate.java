package cloud.enact.connector.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON with placeholders. A member or element whose value is not there is left out. Immutable. */
final class BodyTemplate {

    /** A {@link Template}, a map or a list of such nodes, or a value that stands for itself. */
    private final @Nullable Object node;

    private BodyTemplate(@Nullable Object node) {
        this.node = node;
    }

    static BodyTemplate read(Place place, Variables variables, Template.Scope scope) {
        return new BodyTemplate(node(place, variables, scope));
    }

    private static @Nullable Object node(Place place, Variables variables, Template.Scope scope) {
        if (place.isText()) {
            return Template.read(place, variables).in(scope, place);
        }
        if (place.value().isScalar()) {
            return place.value().value();
        }
        if (place.value().value() instanceof List<?>) {
            List<@Nullable Object> list = new ArrayList<>();
            place.elements().forEach(element -> list.add(node(element, variables, scope)));
            return list;
        }
        Map<String, Place> members = place.members();
        if (members.size() == 1 && members.values().iterator().next().value().isNull()) {
            String name = members.keySet().iterator().next();
            throw place.wrong(
                    "is a map with one key and nothing else", "For a placeholder write quotes: \"{" + name + "}\".");
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        members.forEach((key, member) -> map.put(key, node(member, variables, scope)));
        return map;
    }

    /** Whether it is another value for another step. */
    boolean hasPlaceholder() {
        return hasPlaceholder(this.node);
    }

    private static boolean hasPlaceholder(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(BodyTemplate::hasPlaceholder);
        }
        if (node instanceof List<?> list) {
            return list.stream().anyMatch(BodyTemplate::hasPlaceholder);
        }
        return node instanceof Template template && !template.placeholders().isEmpty();
    }

    /** The value, or {@link Values#ABSENT}. */
    @Nullable
    Object render(Values values) {
        return render(this.node, values);
    }

    private static @Nullable Object render(@Nullable Object node, Values values) {
        if (node instanceof Template template) {
            return template.value(values);
        }
        if (node instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> rendered = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                Object value = render(member, values);
                if (value != Values.ABSENT) {
                    rendered.put(String.valueOf(key), value);
                }
            });
            return rendered;
        }
        if (node instanceof List<?> list) {
            List<@Nullable Object> rendered = new ArrayList<>();
            for (Object element : list) {
                Object value = render(element, values);
                if (value != Values.ABSENT) {
                    rendered.add(value);
                }
            }
            return rendered;
        }
        return node;
    }
}

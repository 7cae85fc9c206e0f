package cloud.enact.connector.http;

import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.file.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value of a declaration.
 *
 * @param value the value
 * @param name what messages call it, such as {@code operations.create_ticket.request}
 */
record Place(YamlValue value, String name) {

    /** The members of a map whose keys are known. */
    Map<String, Place> members(String... known) {
        return named(this.value.members("'" + this.name + "'", List.of(known)));
    }

    /** The members of a map, whatever its keys are; none when nothing is written. */
    Map<String, Place> members() {
        return this.value.isNull() ? Map.of() : named(this.value.members("'" + this.name + "'"));
    }

    private Map<String, Place> named(Map<String, YamlValue> members) {
        Map<String, Place> places = new LinkedHashMap<>();
        members.forEach((key, member) -> places.put(key, new Place(member, this.name + "." + key)));
        return places;
    }

    List<Place> elements() {
        return this.value.elements("'" + this.name + "'").stream()
                .map(element -> new Place(element, this.name))
                .toList();
    }

    boolean isText() {
        return this.value.isScalar() && this.value.value() instanceof String;
    }

    String text() {
        return this.value.text("'" + this.name + "'");
    }

    List<String> texts() {
        return this.value.texts("'" + this.name + "'");
    }

    boolean flag() {
        if (scalar() instanceof Boolean flag) {
            return flag;
        }
        throw wrong("must be true or false", "Write one of them.");
    }

    int number(int least, int most) {
        if (scalar() instanceof Long number && number >= least && number <= most) {
            return number.intValue();
        }
        throw wrong("must be a number from " + least + " to " + most, "Correct it.");
    }

    /** Status codes of HTTP, one or a list. */
    List<Integer> statuses() {
        List<Place> places = this.value.isScalar() ? List.of(this) : elements();
        return places.stream().map(place -> place.number(200, 599)).toList();
    }

    /** One of some words. */
    String choice(String... words) {
        String word = text();
        if (!List.of(words).contains(word)) {
            throw wrong("must be one of " + new TreeSet<>(List.of(words)), "Correct it.");
        }
        return word;
    }

    private @Nullable Object scalar() {
        return this.value.isScalar() ? this.value.value() : null;
    }

    PolicyFileException wrong(String what, String remedy) {
        return this.value.wrong("'" + this.name + "' " + what, remedy);
    }
}

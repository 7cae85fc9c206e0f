package cloud.enact.docs;

import cloud.enact.policy.facts.FactType;
import cloud.enact.policy.facts.Facts;
import cloud.enact.policy.facts.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/expressions.md} lists what expressions read. */
class ExpressionsPageTests {

    @Test
    void thePageListsEveryField() throws IOException {
        Map<String, FactType<?>> things = new LinkedHashMap<>();
        Facts.types().values().forEach(type -> collect(type, things));
        StringBuilder page = new StringBuilder("\n| of | field | holds |\n| --- | --- | --- |\n");
        things.forEach((name, type) -> type.shapes()
                .forEach((field, shape) -> page.append("| ")
                        .append(Facts.types().containsKey(name) ? "`" + name + "`" : name)
                        .append(" | `")
                        .append(field)
                        .append("` | ")
                        .append(describe(shape))
                        .append(" |\n")));

        new GeneratedPart("expressions.md").mustBe(page.append('\n').toString());
    }

    private static void collect(FactType<?> type, Map<String, FactType<?>> things) {
        if (things.put(type.name(), type) == null) {
            type.shapes().values().forEach(shape -> collect(shape, things));
        }
    }

    private static void collect(Shape shape, Map<String, FactType<?>> things) {
        if (shape instanceof Shape.ListOf list) {
            collect(list.element(), things);
        } else if (shape instanceof Shape.MapOf map) {
            collect(map.value(), things);
        } else if (shape instanceof Shape.Thing thing) {
            collect(thing.type(), things);
        }
    }

    private static String describe(Shape shape) {
        if (shape instanceof Shape.ListOf list) {
            return "list of " + describe(list.element());
        }
        if (shape instanceof Shape.MapOf map) {
            return "map of " + describe(map.value());
        }
        if (shape instanceof Shape.Thing thing) {
            return thing.type().name();
        }
        return shape.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

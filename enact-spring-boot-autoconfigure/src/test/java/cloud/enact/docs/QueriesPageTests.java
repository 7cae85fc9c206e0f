package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.actuate.endpoint.ReceiptsEndpoint;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/queries.md} lists the filters of the endpoint, and no others. */
class QueriesPageTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z]+`(?:, `[a-z]+`)*) \\| (`--[a-z]+`[^|]*) \\|");

    private static final Pattern NAME = Pattern.compile("`(?:--)?([a-z]+)`");

    @Test
    void thePageListsTheFiltersUnderTheSameNamesEverywhere() throws IOException {
        String page = DocsFolder.read("queries.md");

        assertThat(names(page, 1)).isEqualTo(names(page, 2)).isEqualTo(filters());
    }

    private static Set<String> names(String page, int group) {
        return ROW.matcher(page)
                .results()
                .flatMap(row -> NAME.matcher(row.group(group)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> filters() {
        Method list = Arrays.stream(ReceiptsEndpoint.class.getMethods())
                .filter(method -> method.getName().equals("list"))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(list.getParameters())
                .map(Parameter::getName)
                .filter(name -> !Set.of("limit", "cursor").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

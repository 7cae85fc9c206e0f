package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.connector.ConnectorOperation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;

/** The table in {@code docs/rollback.md} has a row for every operation of every connector, and each row has a test. */
class UndoTablePageTests {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("cloud.enact");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_.]+)` \\| `([A-Z_]+)` \\|([^|]+)\\|([^|]+)\\| `(\\w+)\\.(\\w+)` \\|$");

    /** A row of the table. */
    private record Row(String operation, String reversibility, String test, String method) {}

    @Test
    void everyOperationOfEveryConnectorHasARowThatSaysWhatItIs() throws IOException {
        Map<String, String> told = new LinkedHashMap<>();
        for (Row row : rows()) {
            assertThat(told.put(row.operation(), row.reversibility()))
                    .as("second row for " + row.operation())
                    .isNull();
        }

        assertThat(told).containsAllEntriesOf(operations());
    }

    @Test
    void everyOperationOfAPackHasARow() throws IOException {
        List<String> told = rows().stream().map(Row::operation).toList();

        Set<String> packs = new TreeSet<>();
        Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath:enact/http/*.yaml");
        for (Resource file : files) {
            String pack = String.valueOf(file.getFilename()).replace(".yaml", "");
            Map<String, Object> declared = new Yaml().load(file.getContentAsString(StandardCharsets.UTF_8));
            ((Map<?, ?>) declared.get("operations")).keySet().forEach(id -> packs.add(pack + "." + id));
        }
        assertThat(packs).contains("stripe.refund");
        assertThat(told).containsAll(packs);
    }

    @Test
    void everyRowNamesATestThatIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            List<Class<?>> found = CLASSES.stream()
                    .filter(type -> type.getSimpleName().equals(row.test()))
                    .<Class<?>>map(JavaClass::reflect)
                    .toList();
            if (found.size() != 1 || methods(found.get(0)).noneMatch(method -> isTest(method, row.method()))) {
                missing.add(row.operation() + ": " + row.test() + "." + row.method());
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void noTwoRowsShareATest() throws IOException {
        assertThat(rows()).extracting(row -> row.test() + "." + row.method()).doesNotHaveDuplicates();
    }

    private static List<Row> rows() throws IOException {
        String page = DocsFolder.read("rollback.md");
        String section = page.substring(page.indexOf("## What undo gives back"));
        String table = section.substring(0, section.indexOf("\n## ", 1));
        List<Row> rows = new ArrayList<>();
        for (String line : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            Matcher row = ROW.matcher(line);
            assertThat(row.find()).as("a row with five cells: " + line).isTrue();
            rows.add(new Row(row.group(1), row.group(2), row.group(5), row.group(6)));
        }
        return rows;
    }

    /** Operations by the names of their actions, with their reversibility, as the connectors themselves list them. */
    private static Map<String, String> operations() {
        Map<String, String> operations = new LinkedHashMap<>();
        for (JavaClass type : CLASSES) {
            if (type.isEnum() && type.isAssignableTo(ConnectorOperation.class)) {
                String kind =
                        type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
                Arrays.stream(type.reflect().getEnumConstants())
                        .map(ConnectorOperation.class::cast)
                        .forEach(operation -> operations.put(
                                kind + "." + operation.id(),
                                operation.reversibility().name()));
            }
        }
        assertThat(operations).containsKeys("filesystem.write_file", "postgres.update_row");
        return operations;
    }

    private static Stream<Method> methods(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        Stream<Method> own = Arrays.stream(type.getDeclaredMethods());
        return (parent == null) ? own : Stream.concat(own, methods(parent));
    }

    private static boolean isTest(Method method, String name) {
        return method.getName().equals(name) && AnnotationSupport.isAnnotated(method, Testable.class);
    }
}

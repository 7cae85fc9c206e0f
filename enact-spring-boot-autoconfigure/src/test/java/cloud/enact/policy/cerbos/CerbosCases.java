package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.enact.policy.cerbos.document.PolicyDocument;
import cloud.enact.policy.cerbos.document.PolicyDocumentReader;
import cloud.enact.policy.cerbos.document.YamlNode;
import cloud.enact.policy.cerbos.document.YamlTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The published test data beside the checkout, and how its files are read. */
final class CerbosCases {

    /** The time of all published cases. */
    static final Instant NOW = Instant.parse("2021-04-22T15:05:20.021Z");

    static final Map<String, Object> GLOBALS = Map.of("environment", "test");

    private CerbosCases() {}

    /** A folder of the data; without it the test is skipped. */
    static Path folder(String name) {
        String configured = System.getProperty("enact.conformance");
        if (configured != null) {
            Path folder = Path.of(configured, name);
            assumeTrue(Files.isDirectory(folder), () -> "No conformance data in " + folder);
            return folder;
        }
        Path wanted = Path.of("shared", "conformance", name);
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(wanted))) {
                return at.resolve(wanted);
            }
        }
        assumeTrue(false, () -> "No folder " + wanted + " beside or above the checkout; set -Denact.conformance");
        throw new IllegalStateException();
    }

    /** The cases of a folder, of which there must be so many. */
    static List<Path> cases(String folder, int count) {
        try (Stream<Path> files = Files.list(folder("cerbos").resolve(folder))) {
            List<Path> cases = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(cases).as("cases in " + folder).hasSize(count);
            return cases;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static YamlNode yaml(Path file) {
        return YamlTree.read(file.getFileName().toString(), text(file)).get(0);
    }

    static CerbosEngine store(EngineOptions options) {
        return engine(folder("cerbos").resolve("store"), options);
    }

    /** An engine with all policies of a folder. */
    static CerbosEngine engine(Path folder, EngineOptions options) {
        PolicyDocumentReader reader = new PolicyDocumentReader();
        List<PolicyDocument> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> isPolicy(folder.relativize(file)))
                    .sorted()
                    .forEach(file -> {
                        PolicyDocument document =
                                reader.read(folder.relativize(file).toString(), text(file));
                        if (document != null) {
                            documents.add(document);
                        }
                    });
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return new CerbosEngine(new PolicyCompiler().compile(documents), options);
    }

    static EngineOptions options(boolean strict, boolean lenient) {
        return new EngineOptions(strict, false, lenient, GLOBALS, true);
    }

    /** A request as the data has it. */
    static CheckRequest request(YamlNode node) {
        Map<String, YamlNode> members = node.members("request");
        Map<String, YamlNode> principal = members.get("principal").members("principal");
        Map<String, YamlNode> resource = members.get("resource").members("resource");
        return new CheckRequest(
                new CheckRequest.Principal(
                        text(principal, "id"),
                        texts(principal, "roles"),
                        map(principal, "attr"),
                        text(principal, "policyVersion"),
                        text(principal, "scope")),
                new CheckRequest.Resource(
                        text(resource, "kind"),
                        text(resource, "id"),
                        map(resource, "attr"),
                        text(resource, "policyVersion"),
                        text(resource, "scope")),
                texts(members, "actions"),
                map(members, "auxData"),
                NOW);
    }

    static String text(Map<String, YamlNode> members, String name) {
        return members.containsKey(name) ? members.get(name).text(name) : "";
    }

    static List<String> texts(Map<String, YamlNode> members, String name) {
        return members.containsKey(name)
                ? members.get(name).elements(name).stream()
                        .map(element -> element.text(name))
                        .toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> map(Map<String, YamlNode> members, String name) {
        return members.containsKey(name)
                ? (Map<String, @Nullable Object>) members.get(name).plain()
                : Map.of();
    }

    private static boolean isPolicy(Path file) {
        for (Path part : file) {
            String name = part.toString();
            if (name.startsWith(".") || name.equals("testdata") || name.equals("_schemas")) {
                return false;
            }
        }
        String name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"))
                && !name.endsWith("_test.yaml");
    }
}

package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.cerbos.document.YamlNode;
import cloud.enact.policy.cerbos.document.YamlTree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The effects that the published test suites found, whatever those suites expected. */
class CerbosSuiteConformanceTests {

    private final Map<EngineOptions, CerbosEngine> engines = new HashMap<>();

    private int checked;

    @TestFactory
    Stream<DynamicTest> effectsAreThoseThatThePublishedSuitesFound() {
        return CerbosCases.cases("verify/cases", 45).stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    @Test
    void thereAreAsManyEffectsAsPublished() {
        CerbosCases.cases("verify/cases", 45).forEach(this::check);

        assertThat(this.checked).isEqualTo(161);
    }

    private void check(Path file) {
        Map<String, YamlNode> files = archive(CerbosCases.text(Path.of(file + ".input")));
        YamlNode wanted = YamlTree.read("golden", CerbosCases.text(Path.of(file + ".golden")))
                .get(0);
        for (YamlNode suite : list(wanted.members("golden"), "suites")) {
            Map<String, YamlNode> found = suite.members("suite");
            for (YamlNode test : list(found, "testCases")) {
                check(new Suite(files, CerbosCases.text(found, "file")), test.members("test"));
            }
        }
    }

    private void check(Suite suite, Map<String, YamlNode> test) {
        String name = CerbosCases.text(test, "name");
        for (YamlNode principal : list(test, "principals")) {
            for (YamlNode resource : list(principal.members("principal"), "resources")) {
                for (YamlNode action : list(resource.members("resource"), "actions")) {
                    String effect = effect(action.members("action").get("details"));
                    if (effect != null) {
                        CheckRequest request = suite.request(name, text(principal), text(resource), text(action));
                        CerbosEngine engine = this.engines.computeIfAbsent(suite.options(name), CerbosCases::store);
                        boolean allowed = engine.check(request)
                                .actions()
                                .get(text(action))
                                .allows();
                        assertThat(allowed)
                                .as(name + ": " + text(principal) + ", " + text(resource) + ", " + text(action))
                                .isEqualTo(effect.equals("EFFECT_ALLOW"));
                        this.checked++;
                    }
                }
            }
        }
    }

    private static @Nullable String effect(YamlNode details) {
        Map<String, YamlNode> found = details.members("details");
        if (found.containsKey("success")) {
            return CerbosCases.text(found.get("success").members("success"), "effect");
        }
        return found.containsKey("failure")
                ? CerbosCases.text(found.get("failure").members("failure"), "actual")
                : null;
    }

    private static String text(YamlNode named) {
        return CerbosCases.text(named.members("named"), "name");
    }

    private static List<YamlNode> list(Map<String, YamlNode> members, String name) {
        return members.containsKey(name) ? members.get(name).elements(name) : List.of();
    }

    /** Files behind lines of the form {@code -- path --}; those that are no YAML are tests of the loader. */
    private static Map<String, YamlNode> archive(String text) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        StringBuilder current = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith("-- ") && line.endsWith(" --")) {
                current = new StringBuilder();
                texts.put(line.substring(3, line.length() - 3), current);
            } else {
                current.append(line).append('\n');
            }
        }
        Map<String, YamlNode> files = new HashMap<>();
        texts.forEach((name, content) -> {
            try {
                YamlTree.read(name, content.toString()).forEach(node -> files.put(name, node));
            } catch (PolicyFileException ex) {
                assertThat(ex).hasMessageContaining(name);
            }
        });
        return files;
    }

    /** A suite with the fixtures beside it. */
    private record Suite(Map<String, YamlNode> files, String file) {

        private CheckRequest request(String test, String principal, String resource, String action) {
            Map<String, YamlNode> options = merged(test);
            Map<String, YamlNode> who = fixture("principals", principal).members("principal");
            Map<String, YamlNode> what = fixture("resources", resource).members("resource");
            String version = CerbosCases.text(options, "defaultPolicyVersion");
            String scope = CerbosCases.text(options, "defaultScope");
            String auxData = CerbosCases.text(test(test).get("input").members("input"), "auxData");
            return new CheckRequest(
                    new CheckRequest.Principal(
                            CerbosCases.text(who, "id"),
                            CerbosCases.texts(who, "roles"),
                            CerbosCases.map(who, "attr"),
                            or(CerbosCases.text(who, "policyVersion"), version),
                            or(CerbosCases.text(who, "scope"), scope)),
                    new CheckRequest.Resource(
                            CerbosCases.text(what, "kind"),
                            CerbosCases.text(what, "id"),
                            CerbosCases.map(what, "attr"),
                            or(CerbosCases.text(what, "policyVersion"), version),
                            or(CerbosCases.text(what, "scope"), scope)),
                    List.of(action),
                    auxData.isEmpty() ? Map.of() : aux(auxData),
                    options.containsKey("now")
                            ? Instant.parse(options.get("now").text("now"))
                            : CerbosCases.NOW);
        }

        private EngineOptions options(String test) {
            Map<String, YamlNode> options = merged(test);
            return new EngineOptions(
                    flag(options, "strictEvaluation"),
                    false,
                    flag(options, "lenientScopeSearch"),
                    options.containsKey("globals") ? CerbosCases.map(options, "globals") : CerbosCases.GLOBALS,
                    false);
        }

        private Map<String, YamlNode> merged(String test) {
            Map<String, YamlNode> options = new HashMap<>();
            for (Map<String, YamlNode> from : List.of(suite(), test(test))) {
                if (from.containsKey("options")) {
                    options.putAll(from.get("options").members("options"));
                }
            }
            return options;
        }

        private Map<String, YamlNode> suite() {
            return this.files.get(this.file).members("suite");
        }

        private Map<String, YamlNode> test(String name) {
            return list(suite(), "tests").stream()
                    .map(test -> test.members("test"))
                    .filter(test -> CerbosCases.text(test, "name").equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        @SuppressWarnings("unchecked")
        private Map<String, @Nullable Object> aux(String name) {
            return (Map<String, @Nullable Object>) fixture("auxData", name).plain();
        }

        private YamlNode fixture(String kind, String name) {
            if (suite().containsKey(kind) && suite().get(kind).members(kind).containsKey(name)) {
                return suite().get(kind).members(kind).get(name);
            }
            String folder = this.file.substring(0, this.file.lastIndexOf('/') + 1) + "testdata/";
            return Stream.of(".yaml", ".yml", ".json")
                    .map(end -> this.files.get(folder + kind.toLowerCase(Locale.ROOT) + end))
                    .filter(node -> node != null)
                    .map(node -> node.members(kind).get(kind).members(kind).get(name))
                    .findFirst()
                    .orElseThrow();
        }

        private static String or(String text, String otherwise) {
            return text.isEmpty() ? otherwise : text;
        }

        private static boolean flag(Map<String, YamlNode> options, String name) {
            return options.containsKey(name) && options.get(name).flag(name);
        }
    }
}

package cloud.enact.policy.check;

import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFileException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.file.YamlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one test file. */
final class PolicyTestFile {

    private static final List<String> KEYS = List.of("policies", "description", "tests");

    private static final List<String> TEST_KEYS =
            List.of("name", "action", "args", "actor", "now", "effect", "run", "expect", "policy", "reason-contains");

    private final Path path;

    private final PolicyToolbox toolbox;

    private PolicyTestFile(Path path, PolicyToolbox toolbox) {
        this.path = path;
        this.toolbox = toolbox;
    }

    static List<PolicyTest> read(Path path, PolicyToolbox toolbox) {
        return new PolicyTestFile(path, toolbox).read();
    }

    private List<PolicyTest> read() {
        PolicyFile file = LocalFiles.read(this.path);
        List<YamlValue> documents = YamlValue.documents(file);
        Map<String, YamlValue> members =
                (documents.size() == 1) ? documents.get(0).members("a test file", KEYS) : Map.of();
        YamlValue tests = members.get("tests");
        if (tests == null || tests.isNull()) {
            throw new PolicyFileException(
                    file.name(), 0, "the file holds no tests", "Write tests: and a list of them.");
        }
        PolicySet policies = this.toolbox.policies(policies(members.get("policies")));
        List<PolicyTest> read = new ArrayList<>();
        for (YamlValue test : tests.elements("'tests'")) {
            read.add(test(test, policies));
        }
        return read;
    }

    /** The files it names, else the file of the same name, else all files beside it. */
    private List<PolicyFile> policies(@Nullable YamlValue named) {
        if (named != null) {
            return LocalFiles.policies(named.texts("'policies'").stream()
                    .map(name -> this.path.resolveSibling(name))
                    .toList());
        }
        String name = String.valueOf(this.path.getFileName());
        int end = name.lastIndexOf("_test.");
        for (String extension : List.of(".yaml", ".yml")) {
            Path tested = (end > 0) ? this.path.resolveSibling(name.substring(0, end) + extension) : this.path;
            if (end > 0 && Files.exists(tested)) {
                return LocalFiles.policies(List.of(tested));
            }
        }
        return LocalFiles.policies(List.of(this.path.resolveSibling(".")));
    }

    private PolicyTest test(YamlValue test, PolicySet policies) {
        Map<String, YamlValue> members = test.members("a test", TEST_KEYS);
        CallReader call = new CallReader(test, members);
        YamlValue policy = members.get("policy");
        YamlValue reason = members.get("reason-contains");
        return new PolicyTest(
                this.path.getFileName() + ": " + call.required("name").text("'name'"),
                policies,
                call.read(),
                new PolicyTest.Expectation(
                        effect(call.required("expect")),
                        (policy != null) ? policy.text("'policy'") : null,
                        (reason != null) ? reason.text("'reason-contains'") : null));
    }

    private static Effect effect(YamlValue value) {
        return switch (value.text("'expect'").strip().toUpperCase(Locale.ROOT)) {
            case "PASS" -> Effect.PASS;
            case "ASK" -> Effect.ASK;
            case "BLOCK" -> Effect.BLOCK;
            default -> throw value.wrong("'expect' has a value that there is not", "Write PASS, ASK or BLOCK.");
        };
    }
}

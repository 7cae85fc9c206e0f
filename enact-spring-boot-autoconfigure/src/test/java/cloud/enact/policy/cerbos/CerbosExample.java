package cloud.enact.policy.cerbos;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.Reversibility;
import cloud.enact.policy.Requests;
import cloud.enact.policy.cerbos.document.YamlNode;
import cloud.enact.policy.cerbos.document.YamlTree;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A published request to the published example policies.
 *
 * @param policy the folder of the policy
 * @param matched the deciding rule, {@code NO_MATCH} without any policy, or {@code null} when no rule decided
 * @param gap {@code miss} for a harmful call that the rules let through, {@code false-hit} for a harmless one that they
 *     stop, or {@code null}
 */
record CerbosExample(
        String id,
        String policy,
        String event,
        List<String> roles,
        @Nullable Object tool,
        @Nullable Object input,
        String action,
        String expect,
        String expectStrict,
        @Nullable String matched,
        @Nullable Object output,
        @Nullable String gap) {

    static List<CerbosExample> all() {
        List<CerbosExample> all = CerbosCases.text(
                        CerbosCases.folder("cerbos-examples").resolve("requests.jsonl"))
                .lines()
                .map(CerbosExample::of)
                .toList();
        assertThat(all).as("requests").hasSize(129);
        return all;
    }

    static Path folder(String name) {
        return CerbosCases.folder("cerbos-examples").resolve("policies").resolve(name);
    }

    boolean isDeniedByRule() {
        return this.expect.equals("deny") && this.matched != null && this.matched.startsWith("rule-");
    }

    /** The request as a call of an agent. */
    @SuppressWarnings("unchecked")
    ActionRequest call() {
        Map<String, @Nullable Object> args =
                (this.input != null) ? (Map<String, @Nullable Object>) this.input : Map.of();
        Actor actor = new Actor("claude_user", new HashSet<>(this.roles), Map.of(), null, null, "caller");
        return Requests.request(this.action, args, actor, CerbosCases.NOW, Reversibility.IRREVERSIBLE);
    }

    private static CerbosExample of(String line) {
        Map<String, YamlNode> row = YamlTree.read("requests.jsonl", line).get(0).members("row");
        Function<String, String> text = name -> CerbosCases.text(row, name);
        return new CerbosExample(
                text.apply("id"),
                text.apply("policy"),
                text.apply("event"),
                CerbosCases.texts(row, "roles"),
                row.get("tool").plain(),
                row.get("input").plain(),
                text.apply("action"),
                text.apply("expect"),
                text.apply("expectStrict"),
                (String) row.get("matched").plain(),
                row.get("output").plain(),
                (String) row.get("gap").plain());
    }
}

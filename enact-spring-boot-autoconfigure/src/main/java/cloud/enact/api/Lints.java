package cloud.enact.api;

import cloud.enact.policy.KnownAction;
import cloud.enact.policy.PolicyFile;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.check.LintContext;
import cloud.enact.policy.check.PolicyLinter;
import cloud.enact.policy.check.Sarif;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what a policy file says that its author hardly meant. Thread-safe. */
public final class Lints {

    private static final int LONGEST_TEXT = 512 * 1024;

    private static final int MOST_ACTIONS = 10_000;

    private static final int LONGEST_NAME = 1000;

    private static final List<String> MEMBERS = List.of("text", "actions", "production", "format");

    private final PolicyLinter linter;

    public Lints(PolicyLinter linter) {
        this.linter = linter;
    }

    /** How findings are told. */
    private enum Format {
        JSON,
        SARIF
    }

    /** Answers a question. */
    Map<String, @Nullable Object> answer(@Nullable Object json) {
        Members body = Members.of("", json, MEMBERS);
        PolicyFile file = new PolicyFile("text", body.text("text", LONGEST_TEXT));
        List<KnownAction> actions = body.texts("actions", MOST_ACTIONS, LONGEST_NAME).stream()
                .map(name -> new KnownAction(name, List.of()))
                .toList();
        Format format = body.choice("format", Format.class);
        List<PolicyFinding> findings =
                this.linter.lint(List.of(file), new LintContext(actions, body.flag("production")));
        return (format == Format.SARIF)
                ? Sarif.of(findings)
                : Map.of("findings", findings.stream().map(Lints::describe).toList());
    }

    private static Map<String, @Nullable Object> describe(PolicyFinding finding) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rule", finding.rule());
        map.put("severity", finding.severity().name());
        map.put("line", (finding.line() > 0) ? finding.line() : null);
        map.put("message", finding.message());
        return map;
    }
}

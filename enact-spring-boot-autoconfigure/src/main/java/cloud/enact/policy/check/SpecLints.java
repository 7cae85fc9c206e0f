package cloud.enact.policy.check;

import cloud.enact.action.ActionPattern;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.ExpressionCompiler;
import cloud.enact.policy.KnownAction;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicyFinding.Severity;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.SourceLines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be seen of a list of policies without asking them. */
public final class SpecLints {

    private final List<PolicySpec> specs;

    private final @Nullable ExpressionCompiler expressions;

    private final List<PolicyFinding> findings = new ArrayList<>();

    /**
     * Looks at policies in the order in which they are asked.
     *
     * @param expressions tells which expressions are constant, or {@code null} when there are none
     */
    public SpecLints(List<PolicySpec> specs, @Nullable ExpressionCompiler expressions) {
        this.specs = List.copyOf(specs);
        this.expressions = expressions;
    }

    /** Returns what is suspicious. */
    public List<PolicyFinding> find(LintContext context) {
        for (int i = 0; i < this.specs.size(); i++) {
            PolicySpec spec = this.specs.get(i);
            findConstant(spec);
            findEmptyLists(spec);
            findUnmatched(spec, context.actions());
            findShadow(spec, this.specs.subList(0, i));
            if (context.production() && spec.mode() == EnactMode.OBSERVE) {
                add(
                        "observed-in-production",
                        spec,
                        "mode",
                        quoted(spec) + " is only observed, in production. Remove"
                                + " mode: observe as soon as it does not stop what it should not.");
            }
        }
        return List.copyOf(this.findings);
    }

    private void findConstant(PolicySpec spec) {
        String expression = expression(spec);
        Boolean value = (expression != null && this.expressions != null) ? this.expressions.constant(expression) : null;
        if (value == null) {
            return;
        }
        add(
                "constant-expression",
                spec,
                (spec.block() != null) ? "block" : "ask",
                value
                        ? "The expression of " + quoted(spec) + " is always true, so it stops "
                                + ((spec.on() != null) ? "every call it is asked about." : "every call of any action.")
                        : "The expression of " + quoted(spec)
                                + " is never true, so the policy never stops anything. Correct it or remove it.");
    }

    private void findEmptyLists(PolicySpec spec) {
        spec.with().forEach((name, value) -> {
            boolean empty = value instanceof Collection<?> list && list.isEmpty()
                    || value instanceof Map<?, ?> map && map.isEmpty()
                    || value instanceof String text && text.isBlank();
            if (empty) {
                add(
                        "empty-list",
                        spec,
                        "with." + name,
                        "The list '" + name + "' of " + quoted(spec)
                                + " is empty: an empty list of what is allowed allows nothing. Name what is meant.");
            }
        });
    }

    private void findUnmatched(PolicySpec spec, List<KnownAction> actions) {
        if (spec.on() == null || actions.isEmpty()) {
            return;
        }
        for (String text : spec.on().split(",", -1)) {
            if (text.isBlank()) {
                continue;
            }
            ActionPattern pattern = new ActionPattern(text.strip());
            if (!isRollback(pattern) && actions.stream().noneMatch(action -> pattern.matches(action.name()))) {
                add(
                        "never-asked",
                        spec,
                        "on",
                        "No action matches '" + pattern + "', so " + quoted(spec)
                                + " is never asked because of it. Correct the pattern; a star stands for any characters.");
            }
        }
    }

    /** Rolling back is no action of the application, and is judged when a policy names it. */
    private static boolean isRollback(ActionPattern pattern) {
        return pattern.text().startsWith("enact.") && pattern.matches("enact.rollback");
    }

    private void findShadow(PolicySpec spec, List<PolicySpec> earlier) {
        earlier.stream().filter(other -> saysAllOf(other, spec)).findFirst().ifPresent(other -> {
            SourceLines source = other.source();
            String place = (source != null) ? source.at("") : other.origin();
            add(
                    "shadowed-policy",
                    spec,
                    "",
                    quoted(spec) + " says nothing that " + quoted(other) + " (" + place
                            + ") does not say already. Remove one of them.");
        });
    }

    /** Whether what the second stops, the first stops as well, for the same reason. */
    private static boolean saysAllOf(PolicySpec first, PolicySpec second) {
        boolean sameActions = first.on() == null || first.on().equals(second.on());
        boolean sameMode = first.mode() == second.mode() || first.mode() == EnactMode.ENFORCE;
        boolean sameRule = (first.policy() != null)
                ? first.policy().equals(second.policy()) && first.with().equals(second.with())
                : Objects.equals(expression(first), expression(second))
                        && (first.block() != null || second.block() == null)
                        && first.onError() == second.onError();
        return sameActions && sameMode && sameRule && Objects.equals(first.quorum(), second.quorum());
    }

    private void add(String rule, PolicySpec spec, String key, String message) {
        SourceLines source = spec.source();
        this.findings.add(new PolicyFinding(
                rule,
                Severity.WARNING,
                message,
                (source != null) ? source.file() : spec.origin(),
                (source != null) ? source.line(key) : 0));
    }

    private static @Nullable String expression(PolicySpec spec) {
        return (spec.block() != null) ? spec.block() : spec.ask();
    }

    private static String quoted(PolicySpec spec) {
        String name = (spec.policy() != null) ? spec.policy() : spec.name();
        return (name != null) ? "'" + name + "'" : "the expression at " + spec.origin();
    }
}

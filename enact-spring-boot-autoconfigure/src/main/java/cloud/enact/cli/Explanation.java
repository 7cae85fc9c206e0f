package cloud.enact.cli;

import cloud.enact.action.ActionRequest;
import cloud.enact.policy.Decision;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyInputs;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.facts.Facts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a decision: what every policy says, and the facts that it could know. */
final class Explanation {

    private final Console console;

    Explanation(Console console) {
        this.console = console;
    }

    void print(Decision decision, ActionRequest request) {
        this.console.line("decision: " + decision.effect());
        for (Verdict verdict : decision.verdicts()) {
            if (verdict.effect() != Effect.ABSTAIN) {
                this.console.line("  " + verdict.effect() + "  " + verdict.policy()
                        + ((verdict.mode() == EnactMode.OBSERVE) ? " (only observed)" : "") + ": " + verdict.reason());
            }
        }
        List<String> silent = decision.verdicts().stream()
                .filter(verdict -> verdict.effect() == Effect.ABSTAIN)
                .map(Verdict::policy)
                .toList();
        if (!silent.isEmpty()) {
            this.console.line("nothing to say: " + String.join(", ", silent));
        }
        this.console.line("policy set: " + decision.policySet());
        Map<String, @Nullable Object> facts = Facts.explain(PolicyInputs.of(request));
        this.console.line(facts.isEmpty() ? "facts: none" : "facts:");
        if (!facts.isEmpty()) {
            this.console.json(facts);
        }
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.policy.ActionWords;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.ExpressionCompiler;
import cloud.enact.policy.KnownAction;
import cloud.enact.policy.KnownActions;
import cloud.enact.policy.PolicyFinding;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.check.LintContext;
import cloud.enact.policy.check.PolicyLinter;
import cloud.enact.policy.check.SpecLints;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Warns, when the application has started and when policies were replaced, of policies that hardly do what somebody
 * meant.
 */
final class PolicyReport implements ApplicationListener<PayloadApplicationEvent<KnownActions>> {

    private static final Log logger = LogFactory.getLog(PolicyReport.class);

    private static final int NAMED_AT_MOST = 20;

    private final PolicySet policies;

    private final ConfiguredPolicies configured;

    private final @Nullable ExpressionCompiler expressions;

    private final boolean production;

    private final EnactMode mode;

    /** The actions of the application, when they are known. */
    private volatile @Nullable List<KnownAction> actions;

    PolicyReport(
            PolicySet policies,
            ConfiguredPolicies configured,
            @Nullable ExpressionCompiler expressions,
            boolean production,
            EnactMode mode) {
        this.policies = policies;
        this.configured = configured;
        this.expressions = expressions;
        this.production = production;
        this.mode = mode;
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<KnownActions> event) {
        this.actions = event.getPayload().actions();
        repeat();
    }

    /** Warns of the policies as they are now; says nothing as long as the application has not started. */
    void repeat() {
        List<KnownAction> actions = this.actions;
        if (actions != null) {
            report(actions);
        }
    }

    private void report(List<KnownAction> actions) {
        if (this.production && this.mode == EnactMode.OBSERVE) {
            logger.warn("enact.mode is observe, in production: no policy stops anything. Set it to enforce");
        }
        LintContext context = new LintContext(actions, this.production);
        List<PolicyFinding> findings =
                new ArrayList<>(new SpecLints(this.configured.specs(), this.expressions).find(context));
        findings.addAll(this.configured.findings());
        for (PolicyFinding finding : findings) {
            logger.warn(finding.file() + ((finding.line() > 0) ? ", line " + finding.line() : "") + ": "
                    + finding.message());
        }
        List<KnownAction> changing = actions.stream()
                .filter(action -> !ActionWords.of(action.name()).isRead())
                .toList();
        List<String> uncovered = PolicyLinter.uncovered(this.policies, changing);
        if (!uncovered.isEmpty()) {
            logger.warn("No policy has anything to say about "
                    + String.join(", ", uncovered.subList(0, Math.min(NAMED_AT_MOST, uncovered.size())))
                    + ((uncovered.size() > NAMED_AT_MOST) ? ", …" : "")
                    + ": every call of such an action passes. Add a policy, or make sure that it is harmless");
        }
    }
}

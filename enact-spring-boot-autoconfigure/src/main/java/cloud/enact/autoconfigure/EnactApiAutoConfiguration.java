package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.api.ApiController;
import cloud.enact.api.ApprovalApiController;
import cloud.enact.api.Decisions;
import cloud.enact.api.Lints;
import cloud.enact.api.Replays;
import cloud.enact.approval.ApprovalRoles;
import cloud.enact.approval.ApprovalService;
import cloud.enact.gate.RegisteredActions;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.ExpressionCompiler;
import cloud.enact.policy.OnError;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicyFileReader;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.check.PolicyLinter;
import cloud.enact.policy.check.PolicyToolbox;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import java.time.Clock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/** Auto-configuration of the questions over HTTP, where they are switched on. */
@AutoConfiguration(
        after = {
            EnactApprovalChannelAutoConfiguration.class,
            EnactPolicyAutoConfiguration.class,
            EnactReceiptAutoConfiguration.class,
            EnactReplayAutoConfiguration.class,
            EnactAutoConfiguration.class
        })
@ConditionalOnProperty("enact.api.enabled")
@ConditionalOnClass(name = "org.springframework.web.servlet.DispatcherServlet")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactApiAutoConfiguration {

    private static final Log logger = LogFactory.getLog(EnactApiAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    Decisions enactDecisionAnswers(
            PolicySet policies,
            PolicySetFactory factory,
            ObjectProvider<RegisteredActions> actions,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        return new Decisions(policies, factory, action -> reversibility(actions, action), ids, clock);
    }

    private static @Nullable Reversibility reversibility(ObjectProvider<RegisteredActions> actions, String action) {
        RegisteredActions registered = actions.getIfAvailable();
        return (registered != null) ? registered.reversibility(action) : null;
    }

    @Bean
    @ConditionalOnMissingBean
    Lints enactLintAnswers(
            PolicySetFactory factory,
            ObjectProvider<ExpressionCompiler> expressions,
            ObjectProvider<PolicyFileReader> readers) {
        return new Lints(new PolicyLinter(new PolicyToolbox(
                factory,
                expressions.getIfAvailable(() -> EnactApiAutoConfiguration::cannotCompile),
                readers.orderedStream().toList())));
    }

    private static ActionPolicy cannotCompile(
            String name, Effect effect, String expression, String reason, OnError onError, String origin) {
        throw new PolicyConfigurationException(
                origin + ": there is nothing to evaluate expressions with",
                "Add the dependency dev.cel:cel to the application.");
    }

    @Bean
    @ConditionalOnMissingBean
    Replays enactReplayAnswers(ProposedPolicies proposed, PolicyReplay replay, @Qualifier("enactClock") Clock clock) {
        return new Replays(proposed, replay, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(ApprovalRoles.class)
    ApprovalApiController enactApprovalApiController(
            EnactProperties properties, ApprovalService approvals, ApprovalRoles roles) {
        return new ApprovalApiController(properties.api().remote(), approvals, roles);
    }

    @Bean
    @ConditionalOnMissingBean
    ApiController enactApiController(EnactProperties properties, Decisions decisions, Lints lints, Replays replays) {
        boolean remote = properties.api().remote();
        if (remote
                && !ClassUtils.isPresent(
                        "org.springframework.security.web.SecurityFilterChain",
                        getClass().getClassLoader())) {
            logger.warn("Everybody who reaches this application can ask /enact/api what would be decided."
                    + " Add Spring Security, or set enact.api.remote=false");
        }
        return new ApiController(remote, decisions, lints, replays);
    }
}

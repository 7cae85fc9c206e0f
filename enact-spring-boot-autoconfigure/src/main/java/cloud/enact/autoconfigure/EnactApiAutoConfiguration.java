package cloud.enact.autoconfigure;

import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.api.ApiController;
import cloud.enact.api.Decisions;
import cloud.enact.api.Replays;
import cloud.enact.gate.RegisteredActions;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import java.time.Clock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
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
    Replays enactReplayAnswers(ProposedPolicies proposed, PolicyReplay replay, @Qualifier("enactClock") Clock clock) {
        return new Replays(proposed, replay, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    ApiController enactApiController(EnactProperties properties, Decisions decisions, Replays replays) {
        boolean remote = properties.api().remote();
        if (remote
                && !ClassUtils.isPresent(
                        "org.springframework.security.web.SecurityFilterChain",
                        getClass().getClassLoader())) {
            logger.warn("Everybody who reaches this application can ask /enact/api what would be decided."
                    + " Add Spring Security, or set enact.api.remote=false");
        }
        return new ApiController(remote, decisions, replays);
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.ExpressionCompiler;
import cloud.enact.policy.PolicyFileReader;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySetReplaced;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.ReloadablePolicySet;
import cloud.enact.policy.builtin.crm.ContactLookup;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import cloud.enact.policy.cel.CelExpressionCompiler;
import cloud.enact.policy.cerbos.CerbosPolicyFiles;
import cloud.enact.policy.cerbos.CerbosSettings;
import cloud.enact.policy.check.LintContext;
import cloud.enact.policy.file.PolicyFiles;
import cloud.enact.receipt.FreezeSwitch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Auto-configuration of the policy set: the catalogue, the application's policy beans, expressions. */
@AutoConfiguration
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactPolicyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PolicySetFactory enactPolicySetFactory(
            ObjectProvider<PolicyType> types,
            ObjectProvider<ActionPolicy> policies,
            ObjectProvider<ExpressionCompiler> expressions,
            ObjectProvider<ActionHistory> history,
            ObjectProvider<FreezeSwitch> freeze,
            ListableBeanFactory beans,
            ObjectProvider<ContactLookup> contacts,
            Environment environment,
            EnactProperties properties) {
        FreezeSwitch freezeSwitch = freeze.getIfAvailable();
        // only looked for: a bean that is made here would be made before it can be governed
        boolean known = beans.getBeanNamesForType(ContactLookup.class, true, false).length > 0;
        List<PolicyType> catalogue = new ArrayList<>(new BuiltinPolicies(
                        environment::getProperty,
                        System.getProperty("user.home"),
                        (freezeSwitch != null) ? freezeSwitch : () -> false,
                        known ? contacts::getObject : null)
                .types());
        types.orderedStream().forEach(catalogue::add);
        return new PolicySetFactory(
                catalogue,
                policies.orderedStream().toList(),
                expressions.getIfAvailable(),
                properties.mode(),
                properties.policyTimeout(),
                history.getIfAvailable(ActionHistory::none));
    }

    @Bean
    @ConditionalOnMissingBean
    ConfiguredPolicies enactConfiguredPolicies(
            PolicySetFactory factory,
            EnactProperties properties,
            ObjectProvider<PolicyFileReader> readers,
            ResourceLoader resources) {
        return new ConfiguredPolicies(
                factory,
                properties.policies(),
                new PolicyFileLocations(resources, properties.policyFiles()),
                new PolicyFiles(readers.orderedStream().toList()));
    }

    @Bean
    @ConditionalOnMissingBean(PolicySet.class)
    ReloadablePolicySet enactPolicySet(ConfiguredPolicies configured) {
        return new ReloadablePolicySet(configured.load());
    }

    @Bean
    @ConditionalOnBean(ReloadablePolicySet.class)
    PolicyFileWatch enactPolicyFileWatch(
            ReloadablePolicySet policies,
            ConfiguredPolicies configured,
            EnactProperties properties,
            ApplicationEventPublisher events) {
        return new PolicyFileWatch(policies, configured, properties.policyReload(), events::publishEvent);
    }

    @Bean
    PolicyReport enactPolicyReport(
            PolicySet policies,
            ConfiguredPolicies configured,
            ObjectProvider<ExpressionCompiler> expressions,
            Environment environment,
            EnactProperties properties) {
        boolean production = Arrays.stream(environment.getActiveProfiles()).anyMatch(LintContext::isProduction);
        return new PolicyReport(policies, configured, expressions.getIfAvailable(), production, properties.mode());
    }

    @Bean
    ApplicationListener<PayloadApplicationEvent<PolicySetReplaced>> enactPolicyReportOfChanges(PolicyReport report) {
        return replaced -> report.repeat();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "dev.cel.runtime.CelRuntime")
    static class Expressions {

        @Bean
        @ConditionalOnMissingBean(ExpressionCompiler.class)
        CelExpressionCompiler enactExpressionCompiler(EnactProperties properties, Environment environment) {
            return new CelExpressionCompiler(properties.policyEnv(), environment::getProperty);
        }

        @Bean
        CerbosPolicyFiles enactCerbosPolicyFiles(EnactProperties properties) {
            EnactProperties.Cerbos cerbos = properties.cerbos();
            return new CerbosPolicyFiles(new CerbosSettings(
                    cerbos.strict(),
                    cerbos.noMatch(),
                    cerbos.roleCombining(),
                    cerbos.policyVersion(),
                    cerbos.scope(),
                    cerbos.lenientScopeSearch(),
                    cerbos.globals()));
        }
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.ExpressionCompiler;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.PolicyType;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import cloud.enact.policy.cel.CelExpressionCompiler;
import cloud.enact.receipt.ReceiptHistory;
import cloud.enact.receipt.ReceiptStore;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Auto-configuration of the policy set: the catalogue, the application's policy beans, expressions. */
@AutoConfiguration
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactPolicyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ActionHistory enactActionHistory(ObjectProvider<ReceiptStore> store) {
        return new ReceiptHistory(store::getObject);
    }

    @Bean
    @ConditionalOnMissingBean
    PolicySetFactory enactPolicySetFactory(
            ObjectProvider<PolicyType> types,
            ObjectProvider<ActionPolicy> policies,
            ObjectProvider<ExpressionCompiler> expressions,
            ActionHistory history,
            Environment environment,
            EnactProperties properties) {
        List<PolicyType> catalogue =
                new ArrayList<>(new BuiltinPolicies(environment::getProperty, System.getProperty("user.home")).types());
        types.orderedStream().forEach(catalogue::add);
        return new PolicySetFactory(
                catalogue,
                policies.orderedStream().toList(),
                expressions.getIfAvailable(),
                properties.mode(),
                properties.policyTimeout(),
                history);
    }

    @Bean
    @ConditionalOnMissingBean
    PolicySet enactPolicySet(PolicySetFactory factory, EnactProperties properties) {
        List<PolicySpec> specs = new ArrayList<>();
        for (EnactProperties.PolicyEntry entry : properties.policies()) {
            specs.add(new PolicySpec(
                    entry.policy(),
                    entry.name(),
                    entry.with(),
                    entry.on(),
                    entry.mode(),
                    entry.block(),
                    entry.ask(),
                    entry.reason(),
                    "enact.policies[" + specs.size() + "]"));
        }
        return factory.create(specs);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "dev.cel.runtime.CelRuntime")
    static class Expressions {

        @Bean
        @ConditionalOnMissingBean(ExpressionCompiler.class)
        CelExpressionCompiler enactExpressionCompiler(EnactProperties properties, Environment environment) {
            return new CelExpressionCompiler(properties.policyEnv(), environment::getProperty);
        }
    }
}

package cloud.enact.gate;

import cloud.enact.action.IdGenerator;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicyType;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the gate looks at before the application is ready. */
@Configuration(proxyBeanMethods = false)
class StartupConfiguration {

    @Bean
    PolicyType enactCanaryPolicy() {
        return new EnactCanary.CanaryPolicyType();
    }

    @Bean
    EnactCanary enactCanary() {
        return new EnactCanary();
    }

    @Bean
    StartupRecords enactStartupRecords(
            ReceiptLog receipts,
            ReceiptStore store,
            PolicySet policies,
            GateSettings settings,
            IdGenerator ids,
            @Qualifier("enactClock") Clock clock) {
        return new StartupRecords(receipts, store, policies, settings.mode(), ids, clock);
    }

    @Bean
    StartupVerifier enactStartupVerifier(
            ConfigurableListableBeanFactory beanFactory,
            GovernedBeans governedBeans,
            EnactBeanPostProcessor postProcessor,
            ActionDefinitions definitions,
            EnactCanary canary,
            ToolGate tools,
            StartupRecords records,
            GateSettings settings,
            ApplicationEventPublisher events) {
        return new StartupVerifier(
                beanFactory,
                governedBeans,
                postProcessor,
                definitions,
                canary,
                new UnannotatedTools(beanFactory, tools),
                records,
                settings,
                events);
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.gate.OutsideGate;
import cloud.enact.hook.AgentDesk;
import cloud.enact.hook.CallChanges;
import cloud.enact.hook.DeskSettings;
import cloud.enact.hook.GatedAgentDesk;
import cloud.enact.hook.claudecode.ClaudeCodeFilter;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.recovery.RecoveryService;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** Auto-configuration of the doors for coding agents, where they are switched on. */
@AutoConfiguration(after = {EnactAutoConfiguration.class, EnactReceiptAutoConfiguration.class})
@ConditionalOnProperty("enact.hooks.claude-code.enabled")
@ConditionalOnClass(name = "jakarta.servlet.Filter")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({OutsideGate.class, ReceiptStore.class})
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactHookAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(AgentDesk.class)
    GatedAgentDesk enactAgentDesk(
            OutsideGate gate,
            ReceiptStore store,
            ReceiptContents contents,
            ObjectProvider<RecoveryService> recovery,
            ObjectProvider<CallChanges> changes,
            EnactProperties properties,
            Environment environment,
            @Qualifier("enactClock") Clock clock) {
        return new GatedAgentDesk(
                gate,
                new StoredHookCalls(store, contents, recovery, clock.instant()),
                settings(properties.hooks()),
                // the port is known once somebody asks
                SingletonSupplier.of(() -> new GuardSurroundings(properties, environment).protection()),
                changes.getIfAvailable(() -> CallChanges.NONE),
                clock);
    }

    private static DeskSettings settings(HookProperties hooks) {
        try {
            return new DeskSettings(
                    hooks.claudeCode().onPass() == HookProperties.OnPass.ALLOW,
                    hooks.openCalls(),
                    hooks.outcomeTimeout());
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "enact.hooks.open-calls or enact.hooks.outcome-timeout can't be used. " + ex.getMessage() + ".",
                    "Set both to more than zero, or leave them out.",
                    ex);
        }
    }

    @Bean
    @ConditionalOnBean(GatedAgentDesk.class)
    OverdueHookCalls enactOverdueHookCalls(GatedAgentDesk desk) {
        return new OverdueHookCalls(desk);
    }

    @Bean
    @ConditionalOnMissingBean(name = "enactClaudeCodeHooks")
    FilterRegistrationBean<ClaudeCodeFilter> enactClaudeCodeHooks(AgentDesk desk, EnactProperties properties) {
        FilterRegistrationBean<ClaudeCodeFilter> registration = new FilterRegistrationBean<>(new ClaudeCodeFilter(
                HookInstallations.of(properties.hooks().claudeCode()),
                desk,
                Sizes.characters("enact.limits.arguments", properties.limits().arguments())));
        registration.setName("enactClaudeCodeHooks");
        registration.addUrlPatterns(ClaudeCodeFilter.PATH + "/*");
        // in front of filters that would answer otherwise, such as those of Spring Security
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}

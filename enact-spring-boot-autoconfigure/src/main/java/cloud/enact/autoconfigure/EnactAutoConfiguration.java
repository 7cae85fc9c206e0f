package cloud.enact.autoconfigure;

import cloud.enact.action.ActionPattern;
import cloud.enact.action.Actor;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.gate.GateConfiguration;
import cloud.enact.gate.GateSettings;
import cloud.enact.gate.SecurityConfiguration;
import cloud.enact.gate.ToolAllowList;
import cloud.enact.gate.TransactionConfiguration;
import cloud.enact.gate.WovenConfiguration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Auto-configuration of the gate: every tool call and every {@code @EnactAction} bean method meets it. */
@AutoConfiguration(
        after = {EnactPolicyAutoConfiguration.class, EnactReceiptAutoConfiguration.class},
        beforeName = "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@ConditionalOnClass(ChatClient.class)
@EnableConfigurationProperties(EnactProperties.class)
@Import(GateConfiguration.class)
public final class EnactAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ConnectorLibraries enactConnectorLibraries(Environment environment) {
        return new ConnectorLibraries(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    GateSettings enactGateSettings(EnactProperties properties) {
        return new GateSettings(
                properties.mode(),
                properties.strict(),
                properties.run().scope() == EnactProperties.Scope.CALL,
                new ToolAllowList(
                        properties.tools().unannotated() == EnactProperties.Unannotated.ALLOW,
                        properties.tools().allow().stream()
                                .map(ActionPattern::new)
                                .toList()),
                Sizes.characters("enact.limits.arguments", properties.limits().arguments()),
                actor(properties.actor()),
                properties.receipts().store().name().toLowerCase(Locale.ROOT));
    }

    private static @Nullable Actor actor(EnactProperties.@Nullable ActorProperties actor) {
        if (actor == null) {
            return null;
        }
        if (actor.id() == null || actor.id().isBlank()) {
            throw new EnactStartupException(
                    "enact.actor has no id.", "Set enact.actor.id to an e-mail address or client id.");
        }
        return Actor.configured(actor.id(), actor.roles());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = {"org.springframework.security.core.context.SecurityContextHolder"})
    @Import(SecurityConfiguration.class)
    static class Security {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.transaction.support.TransactionSynchronizationManager")
    @Import(TransactionConfiguration.class)
    static class Transactions {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.aspectj.lang.Aspects")
    @Import(WovenConfiguration.class)
    static class Woven {}
}

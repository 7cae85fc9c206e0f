package cloud.enact.autoconfigure;

import cloud.enact.connector.email.EmailConnector;
import cloud.enact.undo.IdempotencyKeys;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.sqlite.SqliteIdempotencyKeys;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Auto-configuration of the connectors for e-mail that are configured. */
@AutoConfiguration(
        after = EnactAutoConfiguration.class,
        afterName = "org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration")
@ConditionalOnClass(name = {"jakarta.mail.internet.MimeMessage", "org.springframework.mail.javamail.JavaMailSender"})
@ConditionalOnBean(StepExecutor.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactEmailAutoConfiguration {

    @Bean
    EmailConnectors enactEmailConnectors(EnactProperties properties, StepExecutor steps, ListableBeanFactory beans) {
        return new EmailConnectors(properties.email(), steps, beans);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ConnectorRegistrar<EmailConnector> enactEmailConnectorRegistrar(Environment environment) {
        return new ConnectorRegistrar<>(environment, "email", EmailConnector.class) {

            @Override
            EmailConnector connector(ConfigurableListableBeanFactory beans, String key, String name) {
                return beans.getBean(EmailConnectors.class).named(key, name);
            }
        };
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "enact.receipts.store", havingValue = "memory")
    static class Memory {

        @Bean
        @Lazy
        @ConditionalOnMissingBean
        IdempotencyKeys enactIdempotencyKeys() {
            return IdempotencyKeys.inMemory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.sqlite.JDBC")
    @ConditionalOnProperty(name = "enact.receipts.store", havingValue = "embedded", matchIfMissing = true)
    static class Embedded {

        @Bean
        @Lazy
        @ConditionalOnMissingBean(IdempotencyKeys.class)
        SqliteIdempotencyKeys enactIdempotencyKeys(EnactProperties properties) {
            return SqliteIdempotencyKeys.open(properties.receipts().file());
        }
    }
}

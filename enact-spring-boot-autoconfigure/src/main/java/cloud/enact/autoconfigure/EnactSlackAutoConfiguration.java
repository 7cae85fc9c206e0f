package cloud.enact.autoconfigure;

import cloud.enact.connector.slack.SlackConnector;
import cloud.enact.undo.StepExecutor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Auto-configuration of the connectors for Slack that are configured. */
@AutoConfiguration(after = EnactAutoConfiguration.class)
@ConditionalOnClass(name = "com.slack.api.Slack")
@ConditionalOnBean(StepExecutor.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactSlackAutoConfiguration {

    @Bean
    SlackConnectors enactSlackConnectors(EnactProperties properties, StepExecutor steps, Environment environment) {
        return new SlackConnectors(properties.slack(), steps, environment);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ConnectorRegistrar<SlackConnector> enactSlackConnectorRegistrar(Environment environment) {
        return new ConnectorRegistrar<>(environment, "slack", SlackConnector.class) {

            @Override
            SlackConnector connector(ConfigurableListableBeanFactory beans, String key, String name) {
                return beans.getBean(SlackConnectors.class).named(key, name);
            }
        };
    }
}

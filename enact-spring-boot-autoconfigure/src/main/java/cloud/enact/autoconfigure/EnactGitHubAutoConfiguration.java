package cloud.enact.autoconfigure;

import cloud.enact.connector.github.GitHubConnector;
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

/** Auto-configuration of the connectors for GitHub that are configured. */
@AutoConfiguration(after = EnactAutoConfiguration.class)
@ConditionalOnClass(name = "org.kohsuke.github.GitHub")
@ConditionalOnBean(StepExecutor.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactGitHubAutoConfiguration {

    @Bean
    GitHubConnectors enactGitHubConnectors(EnactProperties properties, StepExecutor steps, Environment environment) {
        return new GitHubConnectors(properties.github(), steps, environment);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ConnectorRegistrar<GitHubConnector> enactGitHubConnectorRegistrar(Environment environment) {
        return new ConnectorRegistrar<>(environment, "github", GitHubConnector.class) {

            @Override
            GitHubConnector connector(ConfigurableListableBeanFactory beans, String key, String name) {
                return beans.getBean(GitHubConnectors.class).named(key, name);
            }
        };
    }
}

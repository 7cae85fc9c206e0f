package cloud.enact.autoconfigure;

import cloud.enact.connector.http.HttpConnector;
import cloud.enact.gate.ConnectorTools;
import cloud.enact.undo.StepExecutor;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Auto-configuration of connectors for systems with an HTTP API, where one is configured. */
@AutoConfiguration(after = EnactAutoConfiguration.class, before = EnactRollbackAutoConfiguration.class)
@Conditional(OnHttpConnectors.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactHttpAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static HttpConnectorRegistrar enactHttpConnectorRegistrar(Environment environment, ResourceLoader resources) {
        return new HttpConnectorRegistrar(environment, resources);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ContactLookupRegistrar enactContactLookupRegistrar(Environment environment) {
        return new ContactLookupRegistrar(environment);
    }

    @Bean
    @ConditionalOnMissingBean(name = "enactConnectorTools")
    ToolCallbackProvider enactConnectorTools(
            EnactProperties properties, ObjectProvider<HttpConnector> connectors, ObjectProvider<StepExecutor> steps) {
        return new ConnectorTools(
                () -> connectors
                        .orderedStream()
                        .filter(connector -> exposed(properties, connector))
                        .toList(),
                steps::getObject);
    }

    /** An agent is not rebuilt for a tool that somebody configured. */
    @Bean
    ChatClientBuilderCustomizer enactConnectorToolsCustomizer(
            @Qualifier("enactConnectorTools") ToolCallbackProvider tools) {
        return builder -> builder.defaultTools(tools);
    }

    private static boolean exposed(EnactProperties properties, HttpConnector connector) {
        HttpProperties.Connector entry = properties.http().connectors().get(connector.name());
        return entry == null || entry.tools();
    }
}

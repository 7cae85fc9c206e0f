package cloud.enact.autoconfigure;

import cloud.enact.policy.PolicyType;
import cloud.enact.workflow.LimitCalls;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Auto-configuration of the workflows that {@code enact.workflows} lists. */
@AutoConfiguration(after = EnactAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.ai.chat.client.ChatClient")
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactWorkflowAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WorkflowRegistrar enactWorkflowRegistrar(Environment environment) {
        return new WorkflowRegistrar(environment);
    }

    @Bean
    PolicyType enactLimitCallsPolicyType() {
        return LimitCalls.type();
    }

    /** An agent is not rebuilt for a workflow that somebody listed. */
    @Bean
    ChatClientBuilderCustomizer enactWorkflowToolsCustomizer(
            @Qualifier(WorkflowRegistrar.TOOLS) ObjectProvider<ToolCallbackProvider> tools) {
        return builder -> tools.ifAvailable(provider -> builder.defaultTools(provider));
    }

    @Bean
    WorkflowNames enactWorkflowNames(EnactProperties properties, ConfigurableListableBeanFactory beanFactory) {
        return new WorkflowNames(properties.workflows(), beanFactory);
    }
}

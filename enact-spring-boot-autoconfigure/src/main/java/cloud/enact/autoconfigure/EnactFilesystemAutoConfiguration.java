package cloud.enact.autoconfigure;

import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Auto-configuration of the filesystem connectors, where directories are configured. */
@AutoConfiguration(after = EnactAutoConfiguration.class)
@ConditionalOnBean(StepExecutor.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactFilesystemAutoConfiguration {

    @Bean
    FilesystemConnectors enactFilesystemConnectors(EnactProperties properties, StepExecutor steps, BlobStore blobs) {
        return new FilesystemConnectors(properties, steps, blobs);
    }

    @Bean
    @Primary
    @Qualifier("filesystem")
    @ConditionalOnMissingBean
    @ConditionalOnProperty("enact.filesystem.root")
    FilesystemConnector enactFilesystemConnector(FilesystemConnectors connectors) {
        return connectors.unnamed();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ConnectorRegistrar<FilesystemConnector> enactFilesystemConnectorRegistrar(Environment environment) {
        return new ConnectorRegistrar<>(environment, "filesystem", FilesystemConnector.class) {

            @Override
            FilesystemConnector connector(ConfigurableListableBeanFactory beans, String key, String name) {
                return beans.getBean(FilesystemConnectors.class).named(key, name);
            }
        };
    }
}

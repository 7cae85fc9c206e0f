package cloud.enact.autoconfigure;

import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.connector.filesystem.FilesystemConnectorBuilder;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.StepExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the filesystem connector, where a root is configured. */
@AutoConfiguration(after = EnactAutoConfiguration.class)
@ConditionalOnProperty("enact.filesystem.root")
@ConditionalOnBean(StepExecutor.class)
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactFilesystemAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    FilesystemConnector enactFilesystemConnector(EnactProperties properties, StepExecutor steps, BlobStore blobs) {
        Path root = Objects.requireNonNull(properties.filesystem().root());
        try {
            FilesystemConnectorBuilder builder = FilesystemConnector.root(root);
            if (properties.receipts().jsonDir() != null) {
                builder.outOfReach(properties.receipts().jsonDir().toAbsolutePath());
            }
            return builder.operations(properties.filesystem().operations())
                    .outOfReachWithSideFiles(properties.receipts().file().toAbsolutePath())
                    .outOfReach(EnactReceiptAutoConfiguration.undoDirectory(properties))
                    .build(steps, blobs);
        } catch (IOException | IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "The filesystem connector can't work in " + root + ": " + ex.getMessage(),
                    "Set enact.filesystem.root to an existing directory this application may write to, and"
                            + " enact.filesystem.operations to operations that exist.",
                    ex);
        }
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.connector.filesystem.FilesystemRoots;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.gate.OutsideGate;
import cloud.enact.hook.CallChanges;
import cloud.enact.hook.undo.AgentFiles;
import cloud.enact.hook.undo.UndoSettings;
import cloud.enact.undo.BlobStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of undo for coding agents that work on this machine, where it is switched on. */
@AutoConfiguration(
        after = EnactAutoConfiguration.class,
        before = {EnactHookAutoConfiguration.class, EnactRollbackAutoConfiguration.class})
@ConditionalOnProperty({"enact.hooks.claude-code.enabled", "enact.hooks.claude-code.undo.enabled"})
@ConditionalOnBean({OutsideGate.class, BlobStore.class})
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactHookUndoAutoConfiguration {

    @Bean(destroyMethod = "close")
    FilesystemRoots enactAgentFileRoots(EnactProperties properties, BlobStore blobs) {
        return new AgentFileRoots(properties, blobs).open();
    }

    @Bean
    @ConditionalOnMissingBean(CallChanges.class)
    AgentFiles enactAgentFiles(FilesystemRoots roots, EnactProperties properties) {
        HookProperties.Undo undo = properties.hooks().claudeCode().undo();
        try {
            return new AgentFiles(
                    roots,
                    new UndoSettings(
                            undo.maxFiles(),
                            undo.maxSize().toBytes(),
                            undo.uncovered() == HookProperties.Uncovered.PASS));
        } catch (IllegalArgumentException ex) {
            throw new EnactStartupException(
                    "enact.hooks.claude-code.undo.max-files or enact.hooks.claude-code.undo.max-size can't be used. "
                            + ex.getMessage() + ".",
                    "Set both to more than zero, or leave them out.",
                    ex);
        }
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalService;
import cloud.enact.console.ConsoleCredential;
import cloud.enact.console.ConsoleHandler;
import cloud.enact.console.ConsoleSettings;
import cloud.enact.console.ConsoleSources;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptContents;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.VerificationWatch;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import cloud.enact.rollback.RollbackService;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.UndoLog;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Auto-configuration of the pages for people, where they are switched on. */
@AutoConfiguration(
        after = {
            EnactApprovalAutoConfiguration.class,
            EnactAutoConfiguration.class,
            EnactPolicyAutoConfiguration.class,
            EnactReceiptAutoConfiguration.class,
            EnactReceiptSearchAutoConfiguration.class,
            EnactReplayAutoConfiguration.class,
            EnactRecoveryAutoConfiguration.class,
            EnactRollbackAutoConfiguration.class
        })
@ConditionalOnProperty("enact.console.enabled")
@ConditionalOnClass(name = "org.springframework.web.servlet.DispatcherServlet")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ReceiptStore.class, ReceiptVerifier.class})
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactConsoleAutoConfiguration {

    /** Behind what controllers answer below the same path, and before files and whatever answers everything. */
    private static final int ORDER = 10;

    @Bean
    @ConditionalOnMissingBean
    ConsoleSources enactConsoleSources(
            ReceiptStore store,
            ReceiptVerifier verifier,
            ReceiptContents contents,
            Masking masking,
            ObjectProvider<UndoLog> undoLog,
            ObjectProvider<BlobStore> blobs,
            ObjectProvider<RollbackService> rollbacks,
            ObjectProvider<RecoveryService> recovery,
            ObjectProvider<ApprovalService> approvals,
            ObjectProvider<PolicySet> policies,
            ObjectProvider<ProposedPolicies> proposed,
            ObjectProvider<PolicyReplay> replay,
            ObjectProvider<ReceiptSearch> search,
            ObjectProvider<ReceiptLog> log,
            ObjectProvider<VerificationWatch> watch,
            EnactProperties properties) {
        return new ConsoleSources(
                store,
                verifier,
                contents,
                masking,
                undoLog.getIfAvailable(),
                blobs.getIfAvailable(),
                properties.rollback().enabled() ? rollbacks.getIfAvailable() : null,
                recovery.getIfAvailable(),
                approvals.getIfAvailable(),
                policies.getIfAvailable(),
                proposed.getIfAvailable(),
                replay.getIfAvailable(),
                search.getIfAvailable(),
                log.getIfAvailable(),
                watch.getIfAvailable());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ConsoleHandler enactConsoleHandler(
            ConsoleSources sources,
            ObjectProvider<ConsoleCredential> credential,
            EnactProperties properties,
            @Qualifier("enactClock") Clock clock) {
        ConsoleAccess access = new ConsoleAccess(properties, getClass().getClassLoader());
        ConsoleSettings settings = access.settings();
        ConsoleCredential shown = settings.roles().isEmpty() ? credential.getIfAvailable(access::credential) : null;
        return new ConsoleHandler(settings, shown, sources, clock);
    }

    /** Ends what pages wait for before the server waits for its last answers. */
    @Bean
    ApplicationListener<ContextClosedEvent> enactConsoleEnd(ConsoleHandler handler, ApplicationContext application) {
        return event -> {
            if (event.getApplicationContext() == application) {
                handler.close();
            }
        };
    }

    @Bean
    SimpleUrlHandlerMapping enactConsoleMapping(ConsoleHandler handler, EnactProperties properties) {
        String path = properties.console().path();
        return new SimpleUrlHandlerMapping(Map.of(path, handler, path + "/**", handler), ORDER);
    }
}

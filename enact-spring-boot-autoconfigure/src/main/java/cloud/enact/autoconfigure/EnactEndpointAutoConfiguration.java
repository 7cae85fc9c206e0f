package cloud.enact.autoconfigure;

import cloud.enact.Enact;
import cloud.enact.actuate.endpoint.ApprovalsEndpoint;
import cloud.enact.actuate.endpoint.EnactHealthIndicator;
import cloud.enact.actuate.endpoint.EnactInfoContributor;
import cloud.enact.actuate.endpoint.EncryptionEndpoint;
import cloud.enact.actuate.endpoint.EvidenceEndpoint;
import cloud.enact.actuate.endpoint.FreezeEndpoint;
import cloud.enact.actuate.endpoint.GateFigures;
import cloud.enact.actuate.endpoint.KnownArguments;
import cloud.enact.actuate.endpoint.PoliciesEndpoint;
import cloud.enact.actuate.endpoint.PostgresEndpoint;
import cloud.enact.actuate.endpoint.ReceiptsEndpoint;
import cloud.enact.approval.ApprovalRoles;
import cloud.enact.approval.ApprovalService;
import cloud.enact.encryption.KeyRing;
import cloud.enact.gate.ActionsInFlight;
import cloud.enact.gate.GateSettings;
import cloud.enact.gate.GateState;
import cloud.enact.policy.PolicySet;
import cloud.enact.receipt.FreezeSwitch;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptVerifier;
import cloud.enact.receipt.SubjectErasure;
import cloud.enact.receipt.export.ReceiptExport;
import cloud.enact.receipt.search.ReceiptSearch;
import cloud.enact.recovery.RecoveryService;
import cloud.enact.replay.PolicyReplay;
import cloud.enact.replay.ProposedPolicies;
import cloud.enact.rollback.RollbackService;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Auto-configuration of what the actuator shows: receipts, undo data, health and info. */
@AutoConfiguration(
        after = {
            EnactApprovalChannelAutoConfiguration.class,
            EnactAutoConfiguration.class,
            EnactEncryptionAutoConfiguration.class,
            EnactReceiptAutoConfiguration.class,
            EnactReceiptSearchAutoConfiguration.class,
            EnactReplayAutoConfiguration.class,
            EnactRollbackAutoConfiguration.class,
            EnactRecoveryAutoConfiguration.class,
            EnactPostgresAutoConfiguration.class
        })
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactEndpointAutoConfiguration {

    private static Supplier<GateFigures> figures(
            GateState state, GateSettings settings, PolicySet policies, InDoubtRuns doubts) {
        return () -> new GateFigures(
                settings.mode().name().toLowerCase(Locale.ROOT),
                policies.policySet(),
                state.passedCount(),
                state.blockedCount(),
                state.failedOpenCount(),
                state.unrecordedCount(),
                state.isAnyMissing(doubts::isSettled),
                policies.failures().keySet(),
                policies.problem(),
                state.problem());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
            })
    @ConditionalOnBean({ReceiptStore.class, ReceiptVerifier.class})
    static class Endpoint {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(ReceiptsEndpoint.class)
        ReceiptsEndpoint receiptsEndpoint(
                ReceiptStore store,
                ReceiptVerifier verifier,
                ObjectProvider<RollbackService> rollbacks,
                ObjectProvider<ReceiptSearch> search,
                ObjectProvider<RecoveryService> recovery,
                EnactProperties properties,
                @Qualifier("enactClock") Clock clock) {
            return new ReceiptsEndpoint(
                    store,
                    verifier,
                    properties.rollback().enabled() ? rollbacks.getIfAvailable() : null,
                    search.getIfAvailable(),
                    recovery.getIfAvailable(),
                    clock);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(EvidenceEndpoint.class)
        EvidenceEndpoint evidenceEndpoint(ReceiptStore store) {
            return new EvidenceEndpoint(new ReceiptExport(store));
        }

        @Bean
        KnownArguments enactKnownArguments() {
            return new KnownArguments();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
            })
    @ConditionalOnBean({PolicyReplay.class, ProposedPolicies.class})
    static class Policies {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(PoliciesEndpoint.class)
        PoliciesEndpoint policiesEndpoint(
                PolicySet policies,
                ProposedPolicies proposed,
                PolicyReplay replay,
                @Qualifier("enactClock") Clock clock) {
            return new PoliciesEndpoint(policies, proposed, replay, clock);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
            })
    @ConditionalOnBean(SubjectErasure.class)
    static class Encryption {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(EncryptionEndpoint.class)
        EncryptionEndpoint encryptionEndpoint(KeyRing keys, SubjectErasure erasure, EnactProperties properties) {
            return new EncryptionEndpoint(
                    keys, erasure, properties.receipts().encryption().enabled());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
            })
    @ConditionalOnBean({ApprovalService.class, ApprovalRoles.class})
    static class Approvals {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(ApprovalsEndpoint.class)
        ApprovalsEndpoint approvalsEndpoint(ApprovalService approvals, ApprovalRoles roles) {
            return new ApprovalsEndpoint(approvals, roles);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
            })
    @ConditionalOnBean(FreezeSwitch.class)
    static class Freeze {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(FreezeEndpoint.class)
        FreezeEndpoint freezeEndpoint(FreezeSwitch freeze) {
            return new FreezeEndpoint(freeze);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint",
                "org.postgresql.Driver"
            })
    @ConditionalOnBean(CaptureDatabases.class)
    static class Rows {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(PostgresEndpoint.class)
        PostgresEndpoint postgresEndpoint(CaptureDatabases databases, ScheduledPruning pruning) {
            return new PostgresEndpoint(databases::objects, pruning::prune);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.health.contributor.HealthIndicator",
                "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
            })
    @ConditionalOnBean({GateState.class, ReceiptLog.class})
    static class Health {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnEnabledHealthIndicator("enact")
        EnactHealthIndicator enactHealthIndicator(
                GateState state,
                GateSettings settings,
                PolicySet policies,
                ReceiptLog receipts,
                ReceiptStore store,
                ActionsInFlight inFlight,
                EnactProperties properties,
                Environment environment) {
            SigningProperties signing = properties.signing();
            boolean insecure = signing.allowInsecureSecret()
                    && !StringUtils.hasText(signing.secret())
                    && !StringUtils.hasText(signing.privateKey())
                    && !StringUtils.hasText(environment.getProperty(SigningKeys.SECRET_VARIABLE));
            InDoubtRuns doubts = new InDoubtRuns(store, receipts.id());
            return new EnactHealthIndicator(
                    figures(state, settings, policies, doubts), receipts, doubts, inFlight::test, insecure);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.info.InfoContributor",
                "org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor"
            })
    @ConditionalOnBean({GateState.class, ReceiptLog.class})
    static class Info {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnEnabledInfoContributor("enact")
        EnactInfoContributor enactInfoContributor(
                GateState state, GateSettings settings, PolicySet policies, ReceiptLog receipts, ReceiptStore store) {
            return new EnactInfoContributor(
                    Enact.class.getPackage().getImplementationVersion(),
                    figures(state, settings, policies, new InDoubtRuns(store, receipts.id())),
                    receipts,
                    settings.receipts());
        }
    }
}

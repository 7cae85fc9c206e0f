package cloud.enact.autoconfigure;

import cloud.enact.actuate.endpoint.VerificationHealthIndicator;
import cloud.enact.observation.VerificationMeters;
import cloud.enact.receipt.VerificationWatch;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of what is told about the verification in the background: health and meters. */
@AutoConfiguration(after = EnactReceiptAutoConfiguration.class)
@ConditionalOnBean(VerificationWatch.class)
public final class EnactVerificationAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.health.contributor.HealthIndicator",
                "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
            })
    static class Health {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnEnabledHealthIndicator("enactVerification")
        VerificationHealthIndicator enactVerificationHealthIndicator(VerificationWatch watch) {
            return new VerificationHealthIndicator(watch::status);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.MeterRegistry")
    static class Meters {

        @Bean
        @ConditionalOnMissingBean
        VerificationMeters enactVerificationMeters(VerificationWatch watch) {
            return new VerificationMeters(watch);
        }
    }
}

package cloud.enact.autoconfigure;

import cloud.enact.observation.DefaultGateObservationConvention;
import cloud.enact.observation.GateObservationConvention;
import cloud.enact.observation.GateObservations;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of observations, where Micrometer is there and something observes. */
@AutoConfiguration(
        before = EnactAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class EnactObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GateObservations enactGateObservations(
            ObservationRegistry registry, ObjectProvider<GateObservationConvention> convention) {
        return new GateObservations(registry, convention.getIfAvailable(DefaultGateObservationConvention::new));
    }
}

package cloud.enact.bench;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.audit.listener.AuditListener;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/** The yardstick application: Spring Security's method security and the actuator's audit events. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecuredApplication {

    static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(SecuredApplication.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .bannerMode(Banner.Mode.OFF)
                .properties("logging.level.root=error")
                .run();
    }

    @Bean
    AuditListener auditListener() {
        return new AuditListener(new InMemoryAuditEventRepository());
    }

    @Bean
    SecuredReleases releases(ApplicationEventPublisher events) {
        return new SecuredReleases(events);
    }
}

package cloud.enact.gate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the actor from Spring Security where it is there. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    @Bean
    SecurityActor enactSecurityActor() {
        return new SecurityActor();
    }
}

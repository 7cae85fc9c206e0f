package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Auto-configuration that stops a reactive application which is to answer hooks, as it has no door for them. */
@AutoConfiguration
@ConditionalOnProperty("enact.hooks.claude-code.enabled")
public final class EnactReactiveHookAutoConfiguration {

    @Bean
    static InitializingBean enactHookDoor(ApplicationContext context) {
        return () -> {
            // an agent that reaches an application without a door for hooks may go on as if it had been allowed to
            if (context instanceof ReactiveWebApplicationContext) {
                throw new EnactStartupException(
                        "enact.hooks.claude-code.enabled is true in a reactive web application, which has no door for"
                                + " hooks: nothing would be judged.",
                        "Run the guard in a servlet application, with spring-boot-starter-webmvc and"
                                + " spring.main.web-application-type=servlet, or take enact.hooks out.");
            }
        };
    }
}

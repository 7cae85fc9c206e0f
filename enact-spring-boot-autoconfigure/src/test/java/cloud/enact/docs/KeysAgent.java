package cloud.enact.docs;

import cloud.enact.Enact;
import cloud.enact.EnactAction;
import cloud.enact.action.Actor;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that is configured by the folder it is started in, makes one call, and ends. */
final class KeysAgent {

    private KeysAgent() {}

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(Lamps.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(args)) {
            context.getBean(Enact.class).run("lamp.on", Actor.of("somebody"), Map.of());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        EnactAutoConfiguration.class,
        EnactPolicyAutoConfiguration.class,
        EnactReceiptAutoConfiguration.class,
        EnactRollbackAutoConfiguration.class
    })
    static class Lamps {

        @Bean
        Lamp lamp() {
            return new Lamp();
        }
    }

    static class Lamp {

        @EnactAction("lamp.on")
        public void on() {}
    }
}

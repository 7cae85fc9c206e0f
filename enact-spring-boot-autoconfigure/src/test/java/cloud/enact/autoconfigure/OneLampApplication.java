package cloud.enact.autoconfigure;

import cloud.enact.EnactAction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with one action, {@code lamp.on}, that harms nobody. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class OneLampApplication {

    @Bean
    Lamp lamp() {
        return new Lamp();
    }

    static class Lamp {

        @EnactAction("lamp.on")
        public void on() {}
    }
}

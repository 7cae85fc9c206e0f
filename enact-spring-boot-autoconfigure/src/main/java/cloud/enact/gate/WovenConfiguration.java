package cloud.enact.gate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the AspectJ door where AspectJ is there. */
@Configuration(proxyBeanMethods = false)
public class WovenConfiguration {

    @Bean
    WovenDoor enactWovenDoor(Doors doors) {
        return new WovenDoor(doors);
    }
}

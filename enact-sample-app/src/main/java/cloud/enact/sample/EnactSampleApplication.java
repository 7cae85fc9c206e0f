package cloud.enact.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The sample application: six acts in the terminal, then an actuator to explore.
 *
 * <p>{@code --demo.exit=true} ends it after the acts, {@code --demo.skip=true} starts it without them, and so
 * does {@code --enact.api.enabled=true}, which answers what would be decided. It ends with
 * status 0 when every act went as expected, else with 1 and what went wrong.
 */
@SpringBootApplication
@EnableConfigurationProperties(DemoProperties.class)
public class EnactSampleApplication {

    /** Starts the application. */
    public static void main(String[] args) {
        IsolatedGit.install();
        ConfigurableApplicationContext context = SpringApplication.run(EnactSampleApplication.class, args);
        Demo.Ending ending = context.getBean(Demo.class).run();
        if (ending.stays()) {
            return;
        }
        int status = SpringApplication.exit(context, ending::status);
        // last, after everything that closing the context may have to say
        System.out.println(ending.line());
        System.exit(status);
    }
}

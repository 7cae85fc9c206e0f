package cloud.enact.api;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application with one governed method, and the API switched on by its tests. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
        })
class ApiApplication {

    static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
            + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration";

    @Bean
    Refunds refunds() {
        return new Refunds();
    }

    /** Pays money back. */
    static class Refunds {

        private final AtomicInteger paid = new AtomicInteger();

        @EnactAction("billing.refund")
        @Policy(block = "args.amount > 500", reason = "Refunds above 500 are for people. Refund at most 500.")
        public void refund(int amount) {
            this.paid.incrementAndGet();
        }

        int paid() {
            return this.paid.get();
        }
    }
}

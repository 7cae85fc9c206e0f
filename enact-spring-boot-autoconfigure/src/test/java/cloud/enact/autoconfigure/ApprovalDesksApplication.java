package cloud.enact.autoconfigure;

import cloud.enact.EnactAction;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application with one method that a person may have to approve. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
        })
class ApprovalDesksApplication {

    @Bean
    Refunds refunds() {
        return new Refunds();
    }

    /** Pays money back. */
    static class Refunds {

        private final AtomicInteger paid = new AtomicInteger();

        @EnactAction("billing.refund")
        public void refund(int amount) {
            this.paid.addAndGet(amount);
        }

        int paid() {
            return this.paid.get();
        }
    }
}

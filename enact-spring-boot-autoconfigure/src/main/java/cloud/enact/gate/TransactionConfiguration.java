package cloud.enact.gate;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** Follows the caller's transaction where Spring transactions are there. */
@Configuration(proxyBeanMethods = false)
public class TransactionConfiguration {

    @Bean
    TransactionBoundary enactTransactionBoundary() {
        boolean jpa = ClassUtils.isPresent("org.springframework.orm.jpa.EntityManagerHolder", null)
                && ClassUtils.isPresent("jakarta.persistence.EntityManager", null);
        return new SpringTransactions(jpa ? List.of(new JpaFlush()) : List.of());
    }
}

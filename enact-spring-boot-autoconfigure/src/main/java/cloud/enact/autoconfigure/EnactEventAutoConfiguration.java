package cloud.enact.autoconfigure;

import cloud.enact.receipt.AppendListener;
import cloud.enact.receipt.ReceiptLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Auto-configuration of the events that an application can listen to. */
@AutoConfiguration(after = EnactReceiptAutoConfiguration.class)
@ConditionalOnBean(ReceiptLog.class)
public final class EnactEventAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AppendListeners enactAppendListeners(ObjectProvider<AppendListener> listeners) {
        return new AppendListeners(listeners);
    }

    @Bean
    EventPublishing enactEventPublishing(ApplicationEventPublisher events) {
        return new EventPublishing(events);
    }
}

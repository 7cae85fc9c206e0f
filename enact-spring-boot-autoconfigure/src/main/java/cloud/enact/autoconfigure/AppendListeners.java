package cloud.enact.autoconfigure;

import cloud.enact.receipt.AppendListener;
import cloud.enact.receipt.ReceiptLog;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.function.SingletonSupplier;

/** Has the log tell every {@link AppendListener} of its appends, whoever made the log. Looks for them at the first one. */
final class AppendListeners implements BeanPostProcessor {

    private final Supplier<List<AppendListener>> listeners;

    AppendListeners(ObjectProvider<AppendListener> listeners) {
        this.listeners = SingletonSupplier.of(() -> listeners.orderedStream().toList());
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return (bean instanceof ReceiptLog log) ? log.toldTo(this.listeners) : bean;
    }
}

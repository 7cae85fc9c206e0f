package cloud.enact.gate;

import io.micrometer.context.ContextRegistry;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Registers the scope of reactive actions for context propagation while the application runs. */
final class ScopePropagation implements InitializingBean, DisposableBean {

    private final ActionScopes scopes;

    ScopePropagation(ActionScopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public void afterPropertiesSet() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(new ScopeThreadLocalAccessor(this.scopes));
    }

    @Override
    public void destroy() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(this.scopes);
    }
}

package cloud.enact.gate;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Carries the scope of a reactive action from thread to thread where the application has context propagation switched
 * on ({@code spring.reactor.context-propagation=auto}).
 */
final class ScopeThreadLocalAccessor implements ThreadLocalAccessor<ActionScope> {

    private final ActionScopes scopes;

    ScopeThreadLocalAccessor(ActionScopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public Object key() {
        // not a name: a JVM may hold several applications, each with scopes of its own
        return this.scopes;
    }

    @Override
    public @Nullable ActionScope getValue() {
        return this.scopes.current();
    }

    @Override
    public void setValue(ActionScope value) {
        this.scopes.set(value);
    }

    @Override
    public void setValue() {
        this.scopes.set(null);
    }
}

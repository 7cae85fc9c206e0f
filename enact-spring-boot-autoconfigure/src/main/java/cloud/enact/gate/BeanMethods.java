package cloud.enact.gate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;

/** Calls methods of beans by reflection. */
final class BeanMethods {

    private static final int MAX_PROXIES = 16;

    private BeanMethods() {}

    /**
     * Calls a method: through the proxy where the proxy has it, so that a transaction still begins, otherwise on the
     * object behind. A proxy inherits the methods it does not override, and would run them with fields of its own,
     * which are all {@code null}.
     *
     * @throws Throwable what the method throws
     */
    static @Nullable Object invoke(Method method, Object bean, @Nullable Object[] arguments) throws Throwable {
        method.setAccessible(true);
        try {
            return isOverridden(method) ? method.invoke(bean, arguments) : onTarget(method, bean, arguments, 0);
        } catch (InvocationTargetException ex) {
            throw (ex.getCause() != null) ? ex.getCause() : ex;
        }
    }

    /** Methods that only their package sees are overridden by some proxies and not by others. */
    private static boolean isOverridden(Method method) {
        int modifiers = method.getModifiers();
        return (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers))
                && !Modifier.isFinal(modifiers)
                && !Modifier.isStatic(modifiers);
    }

    private static @Nullable Object onTarget(Method method, Object bean, @Nullable Object[] arguments, int depth)
            throws Exception {
        if (!(bean instanceof Advised advised) || depth == MAX_PROXIES) {
            return method.invoke(bean, arguments);
        }
        TargetSource source = advised.getTargetSource();
        Object target = source.getTarget();
        if (target == null) {
            return method.invoke(bean, arguments);
        }
        try {
            return onTarget(method, target, arguments, depth + 1);
        } finally {
            source.releaseTarget(target);
        }
    }
}

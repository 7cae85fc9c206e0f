package cloud.enact.gate;

import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.beans.factory.ObjectProvider;

/** The door of Spring AOP: brings calls of governed bean methods to the gate. */
final class EnactMethodInterceptor implements MethodInterceptor {

    private final ObjectProvider<Doors> doors;

    EnactMethodInterceptor(ObjectProvider<Doors> doors) {
        this.doors = doors;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        Class<?> targetClass =
                (target != null) ? target.getClass() : invocation.getMethod().getDeclaringClass();
        Method method = ActionDefinitions.specific(invocation.getMethod(), targetClass);
        return this.doors.getObject().method(method, target, invocation.getArguments(), Door.PROXY, arguments -> {
            // a clone, because a reactive call proceeds anew for every subscriber
            return ((ProxyMethodInvocation) invocation)
                    .invocableClone(arguments)
                    .proceed();
        });
    }
}

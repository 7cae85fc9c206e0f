package cloud.enact.gate;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Hangs the gate on tool callbacks, providers and resolvers. Wrapping twice is wrapping once. Thread-safe. The gate
 * itself is looked up when a tool is called, so that wrapping a bean early does not create half the application.
 */
final class ToolWrapper {

    private final Supplier<ToolGate> tools;

    private final BeanFactory owner;

    ToolWrapper(Supplier<ToolGate> tools, BeanFactory owner) {
        this.tools = tools;
        this.owner = owner;
    }

    BeanFactory owner() {
        return this.owner;
    }

    /** The callback behind the gate. */
    ToolCallback wrap(ToolCallback callback) {
        return isGated(callback) ? callback : gated(callback);
    }

    private GatedToolCallback gated(ToolCallback callback) {
        return new GatedToolCallback(callback, this.tools, this.owner);
    }

    /** A callback that answers for a tool that does not exist: models make names up. */
    ToolCallback unknown(String name) {
        return new UnknownToolCallback(name, this.tools.get(), this.owner);
    }

    List<ToolCallback> wrap(@Nullable Collection<ToolCallback> callbacks) {
        return (callbacks == null)
                ? List.of()
                : callbacks.stream().map(this::wrap).toList();
    }

    /** Tool objects, callbacks and providers as Spring AI takes them, behind the gate. */
    ToolCallback[] wrap(Object... tools) {
        List<ToolCallback> wrapped = new ArrayList<>();
        for (Object tool : tools) {
            if (tool instanceof ToolCallback callback) {
                wrapped.add(wrap(callback));
            } else if (tool instanceof ToolCallbackProvider provider) {
                wrapped.addAll(wrap(List.of(provider.getToolCallbacks())));
            } else if (tool instanceof Collection<?> several) {
                wrapped.addAll(List.of(wrap(several.toArray())));
            } else if (tool instanceof Object[] several) {
                wrapped.addAll(List.of(wrap(several)));
            } else {
                wrapped.addAll(wrap(List.of(ToolCallbacks.from(tool))));
            }
        }
        return wrapped.toArray(ToolCallback[]::new);
    }

    /** A bean behind the gate, if it is something that leads to tools; otherwise the bean. */
    Object wrapBean(Object bean) {
        if (isGated(bean)) {
            return bean;
        }
        if (bean instanceof ToolCallback callback) {
            GatedToolCallback gated = gated(callback);
            return proxy(
                    bean,
                    gated,
                    "call",
                    arguments -> (arguments.length == 1)
                            ? gated.call((String) arguments[0])
                            : gated.call((String) arguments[0], (ToolContext) arguments[1]));
        }
        if (bean instanceof ToolCallbackProvider provider) {
            GatedProvider gated = new GatedProvider(provider, this);
            return proxy(bean, gated, "getToolCallbacks", arguments -> gated.getToolCallbacks());
        }
        if (bean instanceof ToolCallbackResolver resolver) {
            GatedResolver gated = new GatedResolver(resolver, this);
            return proxy(bean, gated, "resolve", arguments -> gated.resolve((String) arguments[0]));
        }
        if (bean instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(ToolWrapper::leadsToTools)) {
            // each as if it were a bean, because others may ask what class it has
            return list.stream().map(this::wrapBean).toList();
        }
        return bean;
    }

    private static boolean leadsToTools(Object element) {
        return element instanceof ToolCallback || element instanceof ToolCallbackProvider;
    }

    /** Whether something leads through this gate already; that of another application does not count. */
    boolean isGated(Object tool) {
        return isOurs(tool)
                || (tool instanceof Advised advised
                        && Arrays.stream(advised.getAdvisors()).anyMatch(advisor -> isOurs(advisor.getAdvice())));
    }

    private boolean isOurs(Object tool) {
        return tool instanceof GatedTool gated && gated.owner() == this.owner;
    }

    /** A proxy of the bean's own class where that is possible, because others may ask for it by class. */
    private Object proxy(Object bean, Object gated, String method, GateAdvice.Gated call) {
        Class<?> beanClass = ClassUtils.getUserClass(bean);
        int modifiers = beanClass.getModifiers();
        if (Modifier.isFinal(modifiers)
                || Modifier.isPrivate(modifiers)
                || beanClass.isHidden()
                || isFinal(beanClass, method)) {
            return gated;
        }
        ProxyFactory factory = new ProxyFactory(bean);
        factory.setProxyTargetClass(true);
        factory.addAdvice(new GateAdvice(method, call, this.owner));
        return factory.getProxy(beanClass.getClassLoader());
    }

    /** Whether a proxy would let calls of the method through, because it can't override it. */
    private static boolean isFinal(Class<?> beanClass, String name) {
        return Arrays.stream(ReflectionUtils.getAllDeclaredMethods(beanClass))
                .anyMatch(method -> method.getName().equals(name) && Modifier.isFinal(method.getModifiers()));
    }

    /** Brings one method of a tool bean to the gate. */
    private record GateAdvice(String method, Gated call, BeanFactory owner) implements MethodInterceptor, GatedTool {

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            return invocation.getMethod().getName().equals(this.method)
                    ? this.call.with(invocation.getArguments())
                    : invocation.proceed();
        }

        /** The method, gated. */
        @FunctionalInterface
        interface Gated {

            @Nullable
            Object with(@Nullable Object[] arguments);
        }
    }

    private record GatedProvider(ToolCallbackProvider delegate, ToolWrapper wrapper)
            implements ToolCallbackProvider, GatedTool {

        @Override
        public BeanFactory owner() {
            return this.wrapper.owner();
        }

        @Override
        public ToolCallback[] getToolCallbacks() {
            return this.wrapper.wrap(List.of(this.delegate.getToolCallbacks())).toArray(ToolCallback[]::new);
        }
    }

    private record GatedResolver(ToolCallbackResolver delegate, ToolWrapper wrapper)
            implements ToolCallbackResolver, GatedTool {

        @Override
        public BeanFactory owner() {
            return this.wrapper.owner();
        }

        @Override
        public @Nullable ToolCallback resolve(String toolName) {
            ToolCallback resolved = this.delegate.resolve(toolName);
            return (resolved != null) ? this.wrapper.wrap(resolved) : null;
        }
    }
}

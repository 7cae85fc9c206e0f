package cloud.enact.gate;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.util.ClassUtils;

/**
 * Hangs the gate on tool callbacks, providers and resolvers. Wrapping twice is wrapping once. Thread-safe. The gate
 * itself is looked up when a tool is called, so that wrapping a bean early does not create half the application.
 */
final class ToolWrapper {

    private final Supplier<ToolGate> tools;

    ToolWrapper(Supplier<ToolGate> tools) {
        this.tools = tools;
    }

    /** The callback behind the gate. */
    ToolCallback wrap(ToolCallback callback) {
        return (callback instanceof GatedTool) ? callback : new GatedToolCallback(callback, this.tools);
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
        if (bean instanceof GatedTool) {
            return bean;
        }
        if (bean instanceof ToolCallback callback) {
            GatedToolCallback gated = new GatedToolCallback(callback, this.tools);
            return proxy(
                    bean,
                    ToolCallback.class,
                    gated,
                    call -> switch (call.getArguments().length) {
                        case 1 -> gated.call((String) call.getArguments()[0]);
                        default -> gated.call((String) call.getArguments()[0], (ToolContext) call.getArguments()[1]);
                    },
                    "call");
        }
        if (bean instanceof ToolCallbackProvider provider) {
            GatedProvider gated = new GatedProvider(provider, this);
            return proxy(bean, ToolCallbackProvider.class, gated, call -> gated.getToolCallbacks(), "getToolCallbacks");
        }
        if (bean instanceof ToolCallbackResolver resolver) {
            GatedResolver gated = new GatedResolver(resolver, this);
            return proxy(
                    bean,
                    ToolCallbackResolver.class,
                    gated,
                    call -> gated.resolve((String) call.getArguments()[0]),
                    "resolve");
        }
        if (bean instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(ToolCallback.class::isInstance)) {
            return list.stream().map(callback -> wrap((ToolCallback) callback)).toList();
        }
        return bean;
    }

    /** A proxy of the bean's own class where that is possible, because others may ask for it by class. */
    private static Object proxy(
            Object bean, Class<?> type, Object gated, MethodInterceptor onCall, String intercepted) {
        Class<?> beanClass = ClassUtils.getUserClass(bean);
        if (Modifier.isFinal(beanClass.getModifiers())
                || Modifier.isPrivate(beanClass.getModifiers())
                || beanClass.isHidden()
                || beanClass.isSynthetic()) {
            return gated;
        }
        ProxyFactory factory = new ProxyFactory(bean);
        factory.setProxyTargetClass(true);
        factory.addInterface(GatedTool.class);
        factory.addAdvice((MethodInterceptor)
                call -> call.getMethod().getName().equals(intercepted) && ClassUtils.hasMethod(type, call.getMethod())
                        ? onCall.invoke(call)
                        : call.proceed());
        return factory.getProxy(beanClass.getClassLoader());
    }

    private record GatedProvider(ToolCallbackProvider delegate, ToolWrapper wrapper)
            implements ToolCallbackProvider, GatedTool {

        @Override
        public ToolCallback[] getToolCallbacks() {
            return this.wrapper.wrap(List.of(this.delegate.getToolCallbacks())).toArray(ToolCallback[]::new);
        }
    }

    private record GatedResolver(ToolCallbackResolver delegate, ToolWrapper wrapper)
            implements ToolCallbackResolver, GatedTool {

        @Override
        public @Nullable ToolCallback resolve(String toolName) {
            ToolCallback resolved = this.delegate.resolve(toolName);
            return (resolved != null) ? this.wrapper.wrap(resolved) : null;
        }
    }
}

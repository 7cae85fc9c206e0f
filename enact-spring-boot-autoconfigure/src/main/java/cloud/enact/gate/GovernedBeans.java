package cloud.enact.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.ClassUtils;

/**
 * Finds the beans with governed methods before any of them is made, refuses those no proxy can reach, and asks for
 * class proxies for the rest, whatever {@code spring.aop.proxy-target-class} says.
 */
final class GovernedBeans implements BeanFactoryPostProcessor, PriorityOrdered {

    private final Map<String, GovernedClass> byName = new LinkedHashMap<>();

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        for (String name : beanFactory.getBeanDefinitionNames()) {
            Class<?> type = typeOf(beanFactory, name);
            if (type == null || isFrameworkClass(type)) {
                continue;
            }
            GovernedClass governed = GovernedClass.of(type);
            if (governed.isEmpty()) {
                continue;
            }
            governed.requireReachable(name);
            BeanDefinition definition = beanFactory.getBeanDefinition(name);
            definition.setAttribute(AutoProxyUtils.PRESERVE_TARGET_CLASS_ATTRIBUTE, Boolean.TRUE);
            this.byName.put(name, governed);
        }
    }

    private static @Nullable Class<?> typeOf(ConfigurableListableBeanFactory beanFactory, String name) {
        try {
            return beanFactory.getType(name, false);
        } catch (RuntimeException | LinkageError ex) {
            // a bean whose type can't be told yet is looked at when it is made
            return null;
        }
    }

    private static boolean isFrameworkClass(Class<?> type) {
        String name = type.getName();
        return name.startsWith("org.springframework.") || name.startsWith("java.") || ClassUtils.isLambdaClass(type);
    }

    /** Names of the beans with governed methods, of those whose class was known at start. */
    List<String> names() {
        return new ArrayList<>(this.byName.keySet());
    }

    /** The governed class of a bean, or {@code null} when it has none that was known at start. */
    @Nullable
    GovernedClass find(String name) {
        return this.byName.get(name);
    }

    GovernedClass governed(String name) {
        GovernedClass governed = this.byName.get(name);
        if (governed == null) {
            throw new IllegalArgumentException("Bean '" + name + "' has no governed methods");
        }
        return governed;
    }
}

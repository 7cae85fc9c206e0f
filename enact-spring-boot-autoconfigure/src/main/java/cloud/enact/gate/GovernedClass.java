package cloud.enact.gate;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The governed methods of a class, and whether a proxy can reach them.
 *
 * @param type the class, not a proxy of it
 * @param methods its governed methods
 */
record GovernedClass(Class<?> type, List<Method> methods) {

    /** Reads a class; interfaces and meta-annotations count. */
    static GovernedClass of(Class<?> type) {
        Class<?> userClass = ClassUtils.getUserClass(type);
        List<Method> governed = new ArrayList<>();
        ReflectionUtils.doWithMethods(
                userClass,
                method -> {
                    if (ActionDefinitions.isGoverned(method)) {
                        governed.add(method);
                    }
                },
                method -> method.getDeclaringClass() != Object.class && !method.isBridge() && !method.isSynthetic());
        return new GovernedClass(userClass, List.copyOf(governed));
    }

    boolean isEmpty() {
        return this.methods.isEmpty();
    }

    /** Whether AspectJ has woven the gate into every governed method, so that no proxy is needed. */
    boolean isWoven() {
        return !this.methods.isEmpty() && this.methods.stream().allMatch(GovernedClass::isWoven);
    }

    /** Refuses methods that would run ungated on a proxied bean. */
    void requireReachable(String beanName) {
        if (Proxy.isProxyClass(this.type)) {
            // a proxy of interfaces alone: its final methods are calls of interfaces, which another proxy catches
            return;
        }
        for (Method method : this.methods) {
            if (isWoven(method)) {
                continue;
            }
            String obstacle = obstacle(method);
            if (obstacle != null) {
                throw new EnactStartupException(
                        "@EnactAction on " + ActionDefinitions.describe(method) + " (bean '" + beanName
                                + "') can't be gated: " + obstacle,
                        "Make the method public and non-final in a non-final class, or weave"
                                + " cloud.enact.gate.EnactAspect into it with AspectJ.");
            }
        }
    }

    private @Nullable String obstacle(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return "it is private, and a proxy never sees private methods.";
        }
        if (Modifier.isStatic(modifiers)) {
            return "it is static, and a proxy never sees static methods.";
        }
        if (Modifier.isFinal(modifiers)) {
            return "it is final, and a proxy can't override final methods.";
        }
        if (this.type.isRecord()) {
            return "its class is a record, and records can't be proxied.";
        }
        if (Modifier.isFinal(this.type.getModifiers()) || this.type.isSealed()) {
            return "its class is final or sealed, and such classes can't be proxied.";
        }
        return null;
    }

    /** The AspectJ compiler moves the body of an advised method into a method with this in its name. */
    private static boolean isWoven(Method method) {
        return Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
                .anyMatch(candidate -> candidate.getName().startsWith(method.getName() + "_aroundBody"));
    }
}

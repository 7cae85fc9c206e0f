package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.workflow.ShippedWorkflow;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Refuses to start when another tool has the name of a listed workflow: a model could not tell which one it calls. */
final class WorkflowNames implements SmartInitializingSingleton {

    private final Set<ShippedWorkflow> listed;

    private final ConfigurableListableBeanFactory beanFactory;

    WorkflowNames(Set<ShippedWorkflow> listed, ConfigurableListableBeanFactory beanFactory) {
        this.listed = listed;
        this.beanFactory = beanFactory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : this.beanFactory.getSingletonNames()) {
            Object bean = this.beanFactory.getSingleton(name);
            if (bean == null) {
                continue;
            }
            Class<?> type = ClassUtils.getUserClass(AopUtils.getTargetClass(bean));
            for (ShippedWorkflow workflow : this.listed) {
                boolean other = type != workflow.type() && !name.equals(WorkflowRegistrar.TOOLS);
                if (other && tools(bean, type).anyMatch(workflow.id()::equals)) {
                    throw new EnactStartupException(
                            "There are two tools called '" + workflow.id() + "': the workflow of that name, and one of"
                                    + " bean '" + name + "'",
                            "Give yours another name, or take '" + workflow.id() + "' out of enact.workflows.");
                }
            }
        }
    }

    private static Stream<String> tools(Object bean, Class<?> type) {
        if (bean instanceof ToolCallback callback) {
            return Stream.of(callback.getToolDefinition().name());
        }
        if (bean instanceof ToolCallbackProvider provider
                && type.getName().startsWith("org.springframework.ai.tool.")) {
            // others may have to ask a server
            return Arrays.stream(provider.getToolCallbacks())
                    .map(callback -> callback.getToolDefinition().name());
        }
        if (type.getName().startsWith("org.springframework.") || type.getName().startsWith("java.")) {
            return Stream.of();
        }
        return Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type))
                .filter(method -> AnnotatedElementUtils.hasAnnotation(method, Tool.class))
                .map(WorkflowNames::name);
    }

    private static String name(Method method) {
        Tool tool = AnnotatedElementUtils.findMergedAnnotation(method, Tool.class);
        return (tool == null || tool.name().isEmpty()) ? method.getName() : tool.name();
    }
}

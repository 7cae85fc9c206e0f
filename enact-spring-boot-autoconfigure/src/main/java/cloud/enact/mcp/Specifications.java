package cloud.enact.mcp;

import cloud.enact.gate.HiddenField;
import cloud.enact.gate.ServedTools.ServedTool;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.type.MethodMetadata;

/** Hangs the gate on specifications of served tools, of all four kinds. Thread-safe. */
final class Specifications {

    private static final String METHOD_HANDLERS = "org.springframework.ai.mcp.annotation.method.tool.";

    private static final String SPRING_AI = "org.springframework.ai.mcp.server.";

    private static final String CONVERTER = "ToolCallbackConverterAutoConfiguration";

    private final ServedHandlers handlers;

    private final ConfigurableListableBeanFactory beans;

    /** Tools of specifications that are beans: a server wraps what handles their calls, but keeps the tools. */
    private final Set<McpSchema.Tool> gated =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    Specifications(ServedHandlers handlers, ConfigurableListableBeanFactory beans) {
        this.handlers = handlers;
        this.beans = beans;
    }

    /** Whether it is the specification of a tool. */
    static boolean isOne(Object candidate) {
        return candidate instanceof McpServerFeatures.SyncToolSpecification
                || candidate instanceof McpServerFeatures.AsyncToolSpecification
                || candidate instanceof McpStatelessServerFeatures.SyncToolSpecification
                || candidate instanceof McpStatelessServerFeatures.AsyncToolSpecification;
    }

    /** A specification that is a bean, or an element of one, behind the gate. */
    Object ofBean(Object specification, String beanName) {
        Object behind = isOfCallbacks(beanName) ? carrying(specification) : gate(specification);
        this.gated.add(tool(specification));
        return behind;
    }

    /** A specification that a server has behind the gate, unless it came from a bean. */
    Object ofServer(Object specification) {
        return (!isOne(specification) || this.gated.contains(tool(specification)))
                ? specification
                : gate(specification);
    }

    /**
     * The same for what a synchronous server made of a specification: it may run the tool on another thread, so that who
     * asks has to be found out before.
     */
    Object ofSyncServer(Object specification) {
        return this.gated.contains(tool(specification)) ? carrying(specification) : gate(specification);
    }

    /** The same where the server has only now been given one, behind the gate. */
    Object ofSyncServer(Object specification, Object added) {
        return (tool(specification) == tool(added)) ? carrying(specification) : specification;
    }

    /** Whether Spring AI made them of tool callbacks that are beans, which lead to the gate themselves. */
    private boolean isOfCallbacks(String beanName) {
        if (!this.beans.containsBeanDefinition(beanName)
                || !(this.beans.getBeanDefinition(beanName) instanceof AnnotatedBeanDefinition definition)) {
            return false;
        }
        MethodMetadata factory = definition.getFactoryMethodMetadata();
        return factory != null
                && factory.getDeclaringClassName().startsWith(SPRING_AI)
                && factory.getDeclaringClassName().endsWith(CONVERTER);
    }

    private static McpSchema.Tool tool(Object specification) {
        if (specification instanceof McpServerFeatures.SyncToolSpecification sync) {
            return sync.tool();
        }
        if (specification instanceof McpServerFeatures.AsyncToolSpecification async) {
            return async.tool();
        }
        if (specification instanceof McpStatelessServerFeatures.SyncToolSpecification sync) {
            return sync.tool();
        }
        return ((McpStatelessServerFeatures.AsyncToolSpecification) specification).tool();
    }

    private Object gate(Object specification) {
        if (specification instanceof McpServerFeatures.SyncToolSpecification sync) {
            return new McpServerFeatures.SyncToolSpecification(
                    sync.tool(), this.handlers.sync(served(sync.tool(), sync.callHandler()), sync.callHandler()));
        }
        if (specification instanceof McpServerFeatures.AsyncToolSpecification async) {
            return new McpServerFeatures.AsyncToolSpecification(
                    async.tool(), this.handlers.async(served(async.tool(), async.callHandler()), async.callHandler()));
        }
        if (specification instanceof McpStatelessServerFeatures.SyncToolSpecification sync) {
            return new McpStatelessServerFeatures.SyncToolSpecification(
                    sync.tool(),
                    this.handlers.statelessSync(served(sync.tool(), sync.callHandler()), sync.callHandler()));
        }
        McpStatelessServerFeatures.AsyncToolSpecification async =
                (McpStatelessServerFeatures.AsyncToolSpecification) specification;
        return new McpStatelessServerFeatures.AsyncToolSpecification(
                async.tool(),
                this.handlers.statelessAsync(served(async.tool(), async.callHandler()), async.callHandler()));
    }

    private Object carrying(Object specification) {
        if (specification instanceof McpServerFeatures.AsyncToolSpecification async) {
            return new McpServerFeatures.AsyncToolSpecification(
                    async.tool(), this.handlers.carrying(async.callHandler()));
        }
        if (specification instanceof McpStatelessServerFeatures.AsyncToolSpecification async) {
            return new McpStatelessServerFeatures.AsyncToolSpecification(
                    async.tool(), this.handlers.statelessCarrying(async.callHandler()));
        }
        // synchronous ones stay on the thread
        return specification;
    }

    /** The tool with the method that handles its calls, which can be seen where Spring AI found an annotation on it. */
    private static ServedTool served(McpSchema.Tool tool, Object handler) {
        if (!handler.getClass().getName().startsWith(METHOD_HANDLERS)) {
            return new ServedTool(tool.name(), null, null);
        }
        return new ServedTool(
                tool.name(),
                (Method) HiddenField.of(handler.getClass(), "toolMethod").in(handler),
                HiddenField.of(handler.getClass(), "toolObject").in(handler));
    }
}

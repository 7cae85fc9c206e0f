package cloud.enact.mcp;

import cloud.enact.gate.HiddenField;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Hangs the gate on the tools of MCP servers: on their specifications, whoever made them, and on servers for what they
 * are given otherwise.
 */
final class McpServerPostProcessor implements BeanPostProcessor {

    private final Specifications specifications;

    private final HiddenField syncServer = HiddenField.of(McpSyncServer.class, "asyncServer");

    private final HiddenField statelessSyncServer = HiddenField.of(McpStatelessSyncServer.class, "asyncServer");

    private final HiddenField tools = HiddenField.of(McpAsyncServer.class, "tools");

    private final HiddenField statelessTools = HiddenField.of(McpStatelessAsyncServer.class, "tools");

    McpServerPostProcessor(Specifications specifications) {
        this.specifications = specifications;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(Specifications::isOne)) {
            return list.stream()
                    .map(specification -> this.specifications.ofBean(specification, beanName))
                    .toList();
        }
        if (Specifications.isOne(bean)) {
            return this.specifications.ofBean(bean, beanName);
        }
        if (bean instanceof McpSyncServer server) {
            gateTools(this.tools, this.syncServer.in(server));
            return proxy(server);
        }
        if (bean instanceof McpStatelessSyncServer server) {
            gateTools(this.statelessTools, this.statelessSyncServer.in(server));
            return proxy(server);
        }
        if (bean instanceof McpAsyncServer server) {
            gateTools(this.tools, server);
            return proxy(server);
        }
        if (bean instanceof McpStatelessAsyncServer server) {
            gateTools(this.statelessTools, server);
            return proxy(server);
        }
        return bean;
    }

    @SuppressWarnings("unchecked") // its elements are specifications of either kind
    private void gateTools(HiddenField field, @Nullable Object server) {
        if (server != null && field.in(server) instanceof List<?> tools) {
            ((List<Object>) tools).replaceAll(this.specifications::ofServer);
        }
    }

    /** The server, which gates what it is given later. */
    private Object proxy(Object server) {
        ProxyFactory factory = new ProxyFactory(server);
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) this::invoke);
        return factory.getProxy(server.getClass().getClassLoader());
    }

    private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        String method = invocation.getMethod().getName();
        @Nullable Object[] arguments = invocation.getArguments();
        if (method.equals("addTool") && arguments.length == 1 && arguments[0] != null) {
            arguments[0] = this.specifications.ofServer(arguments[0]);
        }
        Object result = invocation.proceed();
        return (method.equals("getAsyncServer") && result != null) ? proxy(result) : result;
    }
}

package cloud.enact.mcp;

import cloud.enact.gate.HiddenField;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
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
            replaceTools(server, this.specifications::ofSyncServer);
            return proxy(server);
        }
        if (bean instanceof McpStatelessSyncServer server) {
            replaceTools(server, this.specifications::ofSyncServer);
            return proxy(server);
        }
        if (bean instanceof McpAsyncServer server) {
            replaceTools(server, this.specifications::ofServer);
            return proxy(server);
        }
        if (bean instanceof McpStatelessAsyncServer server) {
            replaceTools(server, this.specifications::ofServer);
            return proxy(server);
        }
        return bean;
    }

    @SuppressWarnings("unchecked") // its elements are specifications of either kind
    private void replaceTools(Object server, UnaryOperator<Object> replacement) {
        Object inner = inner(server);
        Object tools =
                (inner instanceof McpStatelessAsyncServer) ? this.statelessTools.in(inner) : this.tools.in(inner);
        if (tools instanceof List<?> list) {
            ((List<Object>) list).replaceAll(replacement);
        }
    }

    /** The asynchronous server that does the work of a synchronous one. */
    private Object inner(Object server) {
        Object inner = server;
        if (server instanceof McpSyncServer) {
            inner = this.syncServer.in(server);
        } else if (server instanceof McpStatelessSyncServer) {
            inner = this.statelessSyncServer.in(server);
        }
        return Objects.requireNonNull(inner);
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
        Object added = (method.equals("addTool") && arguments.length == 1) ? arguments[0] : null;
        if (added != null) {
            arguments[0] = this.specifications.ofServer(added);
        }
        Object result = invocation.proceed();
        Object server = invocation.getThis();
        if (added != null && server != null && server != inner(server)) {
            // it is there by now: synchronous servers wait for that
            replaceTools(server, tool -> this.specifications.ofSyncServer(tool, added));
        }
        return (method.equals("getAsyncServer") && result != null) ? proxy(result) : result;
    }
}

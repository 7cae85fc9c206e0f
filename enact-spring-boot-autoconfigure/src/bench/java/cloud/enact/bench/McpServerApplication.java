package cloud.enact.bench;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.ai.mcp.annotation.method.tool.ReturnMode;
import org.springframework.ai.mcp.annotation.method.tool.SyncMcpToolMethodCallback;
import org.springframework.ai.mcp.server.webmvc.transport.WebMvcStreamableServerTransportProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** An application that serves one tool over MCP. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
class McpServerApplication {

    @Bean
    GovernedReleases releases() {
        return new GovernedReleases();
    }

    @Bean
    WebMvcStreamableServerTransportProvider transport() {
        return WebMvcStreamableServerTransportProvider.builder().build();
    }

    @Bean
    RouterFunction<ServerResponse> router(WebMvcStreamableServerTransportProvider transport) {
        return transport.getRouterFunction();
    }

    /** As Spring AI makes it of a method with an annotation. */
    @Bean
    List<SyncToolSpecification> specifications(GovernedReleases releases) {
        Method push = Arrays.stream(GovernedReleases.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("push"))
                .findFirst()
                .orElseThrow();
        return List.of(new SyncToolSpecification(
                McpSchema.Tool.builder("push", Map.of("type", "object"))
                        .description("Pushes a migration")
                        .build(),
                new SyncMcpToolMethodCallback(ReturnMode.TEXT, push, releases)));
    }

    @Bean
    McpSyncServer server(
            WebMvcStreamableServerTransportProvider transport, List<SyncToolSpecification> specifications) {
        return McpServer.sync(transport)
                .serverInfo("shop", "1")
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .tools(specifications)
                .immediateExecution(true)
                .build();
    }
}

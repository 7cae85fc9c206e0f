package cloud.enact.mcp;

import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * An application that serves tools over MCP on a port of this machine, as Spring AI's starters set it up. They are not
 * on the class path of the tests, where they would start servers in all other applications.
 */
final class McpApplication implements AutoCloseable {

    private static final Path STARTERS = Path.of("target", "mcp-starters");

    private static final String USER = "X-Test-User";

    private final URLClassLoader loader;

    private final ConfigurableApplicationContext context;

    private final List<McpSyncClient> clients = new ArrayList<>();

    private McpApplication(URLClassLoader loader, ConfigurableApplicationContext context) {
        this.loader = loader;
        this.context = context;
    }

    /** Starts one of the kinds of servers, such as {@code SYNC} and {@code STREAMABLE}. */
    static McpApplication start(Class<?> tools, String type, String protocol, String... properties) throws IOException {
        assumeThat(STARTERS).as("copied there by the build").isDirectory();
        URLClassLoader loader = new URLClassLoader(starters(), tools.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Stream<String> common = Stream.of(
                    "server.port=0",
                    "server.address=127.0.0.1",
                    "server.shutdown=immediate",
                    "spring.ai.mcp.server.type=" + type,
                    "spring.ai.mcp.server.protocol=" + protocol,
                    "spring.ai.mcp.server.request-timeout=20s",
                    "enact.receipts.store=memory",
                    "enact.undo.directory=${java.io.tmpdir}/enact-mcp-tests",
                    "enact.signing.secret=a-secret-for-tests-that-is-long-enough");
            return new McpApplication(
                    loader,
                    new SpringApplicationBuilder(Users.class, tools)
                            .resourceLoader(new DefaultResourceLoader(loader))
                            .web(WebApplicationType.SERVLET)
                            .bannerMode(Banner.Mode.OFF)
                            .logStartupInfo(false)
                            .properties(
                                    Stream.concat(common, Stream.of(properties)).toArray(String[]::new))
                            .run());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] starters() throws IOException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(STARTERS)) {
            for (Path jar : files.collect(Collectors.toList())) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars.toArray(URL[]::new);
    }

    int port() {
        return ((ServletWebServerApplicationContext) this.context)
                .getWebServer()
                .getPort();
    }

    <T> T bean(Class<T> type) {
        return this.context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return this.context.getBean(name, type);
    }

    Object bean(String name) {
        return this.context.getBean(name);
    }

    /** A client of somebody, connected. */
    McpSyncClient client(String user) {
        return client(user, UnaryOperator.identity());
    }

    McpSyncClient client(String user, UnaryOperator<McpClient.SyncSpec> customizer) {
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(
                        "http://127.0.0.1:" + port())
                .httpRequestCustomizer((builder, method, endpoint, body, context) -> builder.setHeader(USER, user))
                .build();
        McpSyncClient client = customizer
                .apply(McpClient.sync(transport)
                        .clientInfo(new McpSchema.Implementation("test", "1"))
                        .requestTimeout(Duration.ofSeconds(20)))
                .build();
        client.initialize();
        this.clients.add(client);
        return client;
    }

    static McpSchema.CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(new McpSchema.CallToolRequest(tool, arguments, null));
    }

    /** The text a model reads. */
    static String text(McpSchema.CallToolResult result) {
        return result.content().stream()
                .map(content -> (content instanceof McpSchema.TextContent text) ? text.text() : content.toString())
                .collect(Collectors.joining("\n"));
    }

    /** Everything recorded under an action name, oldest first. */
    List<Receipt> receipts(String action) {
        List<Receipt> found = new ArrayList<>(bean(ReceiptStore.class)
                .query(ReceiptFilter.ofAction(action), null, 1000)
                .receipts());
        Collections.reverse(found);
        return found;
    }

    @Override
    public void close() throws IOException {
        // a server waits for streams that are open
        this.clients.forEach(McpSyncClient::close);
        this.context.close();
        this.loader.close();
    }

    /** What the starters bring along, without the rest of the tests' class path. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @ImportAutoConfiguration
    @interface Parts {}

    /** Believes everybody who they are. */
    @Parts
    @Configuration(proxyBeanMethods = false)
    static class Users {

        @Bean
        Filter users() {
            return (request, response, chain) -> {
                String user = ((HttpServletRequest) request).getHeader(USER);
                if (user != null) {
                    SecurityContextHolder.getContext()
                            .setAuthentication(new TestingAuthenticationToken(user, "", "ROLE_agent"));
                }
                try {
                    chain.doFilter(request, response);
                } finally {
                    SecurityContextHolder.clearContext();
                }
            };
        }
    }
}

package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.autoconfigure.EnactAutoConfiguration;
import cloud.enact.autoconfigure.EnactPolicyAutoConfiguration;
import cloud.enact.autoconfigure.EnactReceiptAutoConfiguration;
import cloud.enact.autoconfigure.EnactRollbackAutoConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tool of {@code docs/getting-started.md} compiles, starts, and is refused in the words of the page. */
class GettingStartedTests {

    private static final String IMPORTS = """
            import cloud.enact.*;
            import org.springframework.ai.tool.annotation.Tool;
            import org.springframework.stereotype.Component;
            """;

    private static final String CUSTOMERS = "public interface Customers { void delete(long id); }";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    @Test
    void theToolOfThePageIsRefusedAsThePageSays() throws Exception {
        JsonNode promised =
                JSON.readTree(Snippets.of("getting-started.md", "json").get(0));
        Class<?> type = compile(Snippets.of("getting-started.md", "java").get(0));

        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ToolCallingAutoConfiguration.class,
                        ChatClientAutoConfiguration.class,
                        EnactAutoConfiguration.class,
                        EnactPolicyAutoConfiguration.class,
                        EnactReceiptAutoConfiguration.class,
                        EnactRollbackAutoConfiguration.class))
                .withPropertyValues(
                        "ENACT_SECRET=a-secret-for-tests-that-is-long-enough",
                        "enact.receipts.store=memory",
                        "enact.undo.directory=" + this.directory.resolve("undo"))
                .withInitializer(context -> context.setClassLoader(type.getClassLoader()))
                .withBean(type, () -> customerTools(type))
                .run(context -> {
                    String answer = context.getBean(Enact.class)
                            .gate(context.getBean(type))[0]
                            .call("{\"id\":7,\"reason\":\"asked to be forgotten\"}");

                    ObjectNode refusal = (ObjectNode) JSON.readTree(answer);
                    refusal.set("run_id", promised.get("run_id"));
                    assertThat((JsonNode) refusal).isEqualTo(promised);
                });
    }

    private Class<?> compile(String source) throws IOException, ClassNotFoundException {
        Files.writeString(this.directory.resolve("CustomerTools.java"), IMPORTS + source);
        Files.writeString(this.directory.resolve("Customers.java"), CUSTOMERS);
        return PageCode.compile(this.directory, "CustomerTools", "Customers");
    }

    @SuppressWarnings("unchecked")
    private static <T> T customerTools(Class<?> type) {
        try {
            var constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Object customers = java.lang.reflect.Proxy.newProxyInstance(
                    type.getClassLoader(), constructor.getParameterTypes(), (proxy, method, arguments) -> {
                        throw new AssertionError("A refused call reached the tool");
                    });
            return (T) constructor.newInstance(customers);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }
}

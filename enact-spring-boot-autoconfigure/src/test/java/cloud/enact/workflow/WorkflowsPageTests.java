package cloud.enact.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.autoconfigure.EnactFilesystemAutoConfiguration;
import cloud.enact.autoconfigure.EnactHttpAutoConfiguration;
import cloud.enact.autoconfigure.EnactWorkflowAutoConfiguration;
import cloud.enact.connector.postgres.GuardedShop;
import cloud.enact.docs.GeneratedPart;
import cloud.enact.docs.PageCode;
import cloud.enact.docs.Snippets;
import cloud.enact.doubles.http.HubSpotDouble;
import cloud.enact.rollback.RollbackResult;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;

/** {@code docs/workflows.md} lists the workflows there are, and its own one works. */
class WorkflowsPageTests {

    private static final String PAGE = "workflows.md";

    private static final String IMPORTS = """
            import cloud.enact.*;
            import cloud.enact.connector.filesystem.FilesystemConnector;
            import cloud.enact.connector.postgres.PostgresConnector;
            import java.util.Map;
            import org.springframework.ai.tool.annotation.Tool;
            import org.springframework.beans.factory.annotation.Qualifier;
            import org.springframework.stereotype.Component;
            """;

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    @TempDir
    Path directory;

    @Test
    void thePageListsEveryWorkflow() throws IOException {
        StringBuilder table = new StringBuilder(
                "\n| workflow | arguments | what it does | connector | its operations |\n| --- | --- | --- | --- | --- |\n");
        for (ShippedWorkflow workflow : ShippedWorkflow.values()) {
            Method method = Arrays.stream(workflow.type().getMethods())
                    .filter(candidate -> candidate.isAnnotationPresent(Tool.class))
                    .findFirst()
                    .orElseThrow();
            assertThat(method.getAnnotation(Tool.class).name()).isEqualTo(workflow.id());
            table.append("| `").append(workflow.id()).append("` | ");
            table.append(Arrays.stream(method.getParameters())
                    .map(WorkflowsPageTests::shown)
                    .collect(Collectors.joining(", ")));
            table.append(" | ").append(method.getAnnotation(Tool.class).description());
            table.append(". | ").append(workflow.kind()).append(" | ");
            table.append(workflow.operations().stream()
                    .map(operation -> "`" + operation + "`")
                    .collect(Collectors.joining(", ")));
            table.append(" |\n");
        }

        new GeneratedPart(PAGE).mustBe(table.append('\n').toString());
    }

    private static String shown(Parameter parameter) {
        String name = "`" + parameter.getName() + "`";
        return parameter.getAnnotation(ToolParam.class).required() ? name : "[" + name + "]";
    }

    @Test
    void theWorkflowOfThePageWorksAndIsTakenBack() throws Exception {
        this.shop.admin("CREATE TABLE price (id int PRIMARY KEY, amount numeric)", "INSERT INTO price VALUES (7, 9)");
        application().run(context -> {
            assertThat(context).hasNotFailed();

            ActionResult published = Calls.run(context, "shop.publish_price", Map.of("id", 7, "price", "8"));

            assertThat(Calls.output(published)).isEqualTo("published");
            assertThat(this.shop.texts("SELECT amount FROM price")).containsExactly("8");
            assertThat(files().resolve("price-7.txt")).hasContent("8");
            assertThat(Calls.rollback(context, published.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.texts("SELECT amount FROM price")).containsExactly("9");
            assertThat(files().resolve("price-7.txt")).doesNotExist();
        });
    }

    @Test
    void theWorkflowOfThePageFailsHalfwayAndIsTakenBack() throws Exception {
        this.shop.admin("CREATE TABLE price (id int PRIMARY KEY, amount numeric)", "INSERT INTO price VALUES (7, 9)");
        application().run(context -> {
            Files.createDirectory(files().resolve("price-7.txt"));

            ActionResult published = Calls.run(context, "shop.publish_price", Map.of("id", 7, "price", "8"));

            assertThat(Calls.error(published)).contains("Step 'filesystem.write_file' failed");
            assertThat(this.shop.texts("SELECT amount FROM price")).containsExactly("8");
            assertThat(Calls.rollback(context, published.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.shop.texts("SELECT amount FROM price")).containsExactly("9");
        });
    }

    @Test
    void theSettingsOfThePageWork() throws Exception {
        String yaml = Snippets.of(PAGE, "yaml").get(0);
        try (HubSpotDouble hubSpot = new HubSpotDouble()) {
            this.shop
                    .application(
                            "enact.policy-timeout=30s",
                            "HUBSPOT_TOKEN=" + HubSpotDouble.TOKEN,
                            "enact.http.connectors.hubspot.base-url=" + hubSpot.url(),
                            "enact.http.connectors.hubspot.allow-private=true")
                    .withConfiguration(AutoConfigurations.of(
                            EnactHttpAutoConfiguration.class, EnactWorkflowAutoConfiguration.class))
                    .withInitializer(context -> add(context, yaml))
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        Map<String, Object> lead = Map.of("email", "ada@example.org");

                        assertThat(Calls.output(Calls.run(context, "new_lead", lead)))
                                .contains("create_contact");
                        assertThat(Calls.run(context, "new_lead", lead)
                                        .decision()
                                        .reasons()
                                        .toString())
                                .contains("There is a contact with the address");
                        assertThat(Calls.output(Calls.run(
                                        context,
                                        "db_safe_insert",
                                        Map.of("table", "customer", "data", Map.of("id", 70, "name", "Ada")))))
                                .contains("rows=1");
                    });
        }
    }

    /** What the page says holds before anything else. */
    private static void add(ConfigurableApplicationContext context, String yaml) {
        try {
            new YamlPropertySourceLoader()
                    .load("the page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                    .forEach(context.getEnvironment().getPropertySources()::addFirst);
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private Path files() {
        return this.directory.resolve("files");
    }

    private ApplicationContextRunner application() throws Exception {
        Files.createDirectories(files());
        Class<?> type = compile(Snippets.of(PAGE, "java").get(0));
        return this.shop
                .application(
                        "enact.filesystem.root=" + files(),
                        "enact.filesystem.operations=write_file",
                        "enact.postgres.connectors.shop.operations=update_row",
                        "enact.postgres.connectors.shop.tables=public.price")
                .withConfiguration(AutoConfigurations.of(EnactFilesystemAutoConfiguration.class))
                .withInitializer(context -> register(context, type));
    }

    private static void register(ConfigurableApplicationContext context, Class<?> type) {
        context.setClassLoader(type.getClassLoader());
        ((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition("publishPrice", constructed(type));
    }

    private static RootBeanDefinition constructed(Class<?> type) {
        RootBeanDefinition definition = new RootBeanDefinition(type);
        definition.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        return definition;
    }

    private Class<?> compile(String source) throws IOException, ClassNotFoundException {
        Files.writeString(this.directory.resolve("PublishPrice.java"), IMPORTS + source);
        return PageCode.compile(this.directory, "PublishPrice");
    }
}

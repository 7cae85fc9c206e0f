package cloud.enact.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.autoconfigure.EnactWorkflowAutoConfiguration;
import cloud.enact.connector.postgres.GuardedShop;
import cloud.enact.connector.postgres.PostgresConnector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.StepExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A workflow is there when it is listed and can work; what is in its way is said at start-up. */
class WorkflowConfigurationTests {

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    @Test
    void thereIsNoneByDefault() throws Exception {
        application("enact.postgres.connectors.shop.operations=insert_row")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(DbSafeInsert.class)
                        .doesNotHaveBean(ToolCallbackProvider.class));
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsListedWithoutItsConnectorStopsTheApplication(ShippedWorkflow workflow) throws Exception {
        application("enact.workflows=" + workflow.id())
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(
                                EnactStartupException.class,
                                ex -> assertThat(ex.getMessage() + ex.getAction())
                                        .contains(
                                                "The workflow '" + workflow.id()
                                                        + "' can't work: there is no connector of the" + " kind '"
                                                        + workflow.kind() + "' that allows",
                                                "take '" + workflow.id() + "' out of enact.workflows")));
    }

    @Test
    void oneWhoseConnectorLacksAnOperationStopsTheApplication() throws Exception {
        application("enact.workflows=db_safe_insert", "enact.postgres.connectors.shop.operations=select_rows")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("connector 'shop' does not allow [insert_row]"));
    }

    @Test
    void oneThatFitsSeveralConnectorsStopsTheApplication() throws Exception {
        application(
                        "enact.workflows=db_safe_insert",
                        "enact.postgres.connectors.one.operations=insert_row",
                        "enact.postgres.connectors.other.operations=insert_row")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("nobody can tell which connector it is for: [one, other]"));
    }

    @Test
    void theConnectorThatIsCalledAsItsKindIsTaken() throws Exception {
        application(
                        "enact.workflows=db_safe_insert",
                        "enact.postgres.connectors.postgres.operations=insert_row",
                        "enact.postgres.connectors.postgres.tables=public.*",
                        "enact.postgres.connectors.other.operations=insert_row")
                .run(context -> assertThat(Calls.output(Calls.run(
                                context,
                                "db_safe_insert",
                                Map.of("table", "customer", "data", Map.of("id", 70, "name", "Ada")))))
                        .contains("postgres.insert_row"));
    }

    @Test
    void aNameThatIsNoWorkflowStopsTheApplication() throws Exception {
        application("enact.workflows=db_safe_insrt")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("db_safe_insrt"));
    }

    @Test
    void anotherToolOfTheSameNameStopsTheApplication() throws Exception {
        for (Class<?> other : List.of(SameTool.class, SameCallback.class, SameInProvider.class)) {
            application(
                            "enact.workflows=db_safe_insert",
                            "enact.tools.allow=db_safe_insert",
                            "enact.postgres.connectors.shop.operations=insert_row")
                    .withUserConfiguration(other)
                    .run(context -> assertThat(context.getStartupFailure())
                            .as(other.getSimpleName())
                            .hasMessageContaining("There are two tools called 'db_safe_insert'"));
        }
    }

    @Test
    void anotherActionOfTheSameNameStopsTheApplication() throws Exception {
        application("enact.workflows=db_safe_insert", "enact.postgres.connectors.shop.operations=insert_row")
                .withUserConfiguration(SameAction.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessageContaining("Two methods are the action 'db_safe_insert'"));
    }

    @Test
    void whoeverHasSeveralConnectorsMakesTheBeanThemselves() throws Exception {
        application(
                        "enact.postgres.connectors.one.operations=insert_row",
                        "enact.postgres.connectors.one.tables=public.*",
                        "enact.postgres.connectors.other.operations=insert_row")
                .withUserConfiguration(OwnBean.class)
                .run(context -> assertThat(Calls.output(Calls.run(
                                context,
                                "db_safe_insert",
                                Map.of("table", "customer", "data", Map.of("id", 70, "name", "Ada")))))
                        .contains("one.insert_row"));
    }

    private ApplicationContextRunner application(String... properties) throws Exception {
        List<String> all = new ArrayList<>(List.of(properties));
        return this.shop
                .application(all.toArray(String[]::new))
                .withConfiguration(AutoConfigurations.of(EnactWorkflowAutoConfiguration.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class SameTool {

        @Bean
        Helper helper() {
            return new Helper();
        }

        static class Helper {

            @Tool(name = "db_safe_insert", description = "Does something else")
            public void insert(String table) {}
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SameCallback {

        @Bean
        ToolCallback callback() {
            return FunctionToolCallback.builder("db_safe_insert", (String table) -> table)
                    .description("Does something else")
                    .inputType(String.class)
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SameInProvider {

        @Bean
        ToolCallbackProvider provider() {
            return ToolCallbackProvider.from(new SameCallback().callback());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SameAction {

        @Bean
        Helper helper() {
            return new Helper();
        }

        static class Helper {

            @EnactAction("db_safe_insert")
            public void insert(String table) {}
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBean {

        @Bean
        DbSafeInsert insertIntoOne(@Qualifier("one") PostgresConnector one, StepExecutor steps) {
            return new DbSafeInsert(one, steps);
        }
    }
}

package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.UnknownActionException;
import cloud.enact.action.ActionOutcome;
import cloud.enact.action.Actor;
import cloud.enact.connector.http.HttpConnector;
import cloud.enact.doubles.http.Mishap;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.undo.Restoration;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Connectors that an application configures. */
@ExtendWith(OutputCaptureExtension.class)
class EnactHttpAutoConfigurationTests extends HttpDesk {

    @Test
    void withoutAConnectorThereIsNothing() {
        application().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HttpConnector.class));
    }

    @Test
    void anOperationIsAnActionThatIsRecordedAndUndone(CapturedOutput output) {
        desk("operations=open").run(context -> {
            Enact enact = context.getBean(Enact.class);

            ActionResult result = enact.run("desk.open", Actor.of("ann@example.com"), Map.of("title", "Printer"));

            assertThat(((ActionOutcome.Succeeded) result.outcome()).value()).isEqualTo(Map.of("id", "101"));
            assertThat(this.api.get("tickets", "101")).contains("Printer", "low");
            RollbackReport report = enact.rollback(result.runId());
            assertThat(report.steps()).extracting(step -> step.restoration()).containsExactly(Restoration.RESTORED);
            assertThat(this.api.get("tickets", "101")).isNull();
            assertThat(receipts(context).stream().map(receipt -> new String(receipt.bytes(), StandardCharsets.UTF_8)))
                    .anyMatch(text -> text.contains("Printer"))
                    .noneMatch(text -> text.contains(TOKEN));
            assertThat(output).doesNotContain(TOKEN);
        });
    }

    @Test
    void whatIsNotAllowedIsNoActionAndNoTool() {
        desk("operations=list").run(context -> {
            assertThat(tools(context))
                    .extracting(tool -> tool.getToolDefinition().name())
                    .containsExactly("desk_list");
            assertThatExceptionOfType(UnknownActionException.class)
                    .isThrownBy(() -> context.getBean(Enact.class)
                            .run("desk.open", Actor.anonymous(), Map.of("title", "Printer")));
        });
    }

    @Test
    void aToolIsJudgedOnceAsTheActionWithWhatIsPreset() {
        desk("operations=open,refund")
                .withPropertyValues(
                        "enact.policies[0].name=no-printers",
                        "enact.policies[0].on=desk.open",
                        "enact.policies[0].block=args.title == 'Printer' && args.priority == 'low'",
                        "enact.policies[0].reason=Printers are somebody else's")
                .run(context -> {
                    ToolCallback open = tool(context, "desk_open");

                    assertThat(open.getToolDefinition().description()).isEqualTo("Open a ticket");
                    assertThat(open.getToolDefinition().inputSchema())
                            .contains("What it is about", "\"enum\":[\"low\",\"high\"]", "\"required\":[\"title\"]");
                    assertThat(open.call("{\"title\":\"Printer\"}")).contains("BLOCK", "somebody else's");
                    assertThat(open.call("{\"title\":\"Screen\"}")).isEqualTo("{\"id\":\"101\"}");
                    assertThat(open.call("{\"title\":\"Screen\",\"priority\":\"urgent\"}"))
                            .contains("BLOCK", "'priority' must be one of [low, high]");
                    assertThat(open.call("{\"title\":\"Screen\",\"price\":1}")).contains("BLOCK", "nothing else");
                    assertThat(receipts(context))
                            .filteredOn(receipt -> receipt.kind() == ReceiptKind.DECIDED)
                            .filteredOn(receipt -> !receipt.action().equals("enact.canary"))
                            .extracting(Receipt::action)
                            .containsOnly("desk.open")
                            .hasSize(4);
                    assertThat(this.api.requests()).hasSize(1);
                });
    }

    @Test
    void aToolThatFailsSaysWhyInTheWordsOfTheVendor() {
        desk("operations=refund").run(context -> {
            this.api.next(new Mishap.Answered(402, Map.of(), "{\"error\":{\"code\":\"card_declined\"}}"));

            assertThatThrownBy(() -> tool(context, "desk_refund").call("{\"ticket\":\"7\"}"))
                    .isInstanceOf(ToolExecutionException.class)
                    .hasMessageContaining("POST /refunds was answered with 402 (card_declined)");
        });
    }

    @Test
    void whatCannotBeUndoneIsSaidSo() {
        desk("operations=open,refund").run(context -> {
            Enact enact = context.getBean(Enact.class);
            ActionResult result = enact.run("desk.refund", Actor.anonymous(), Map.of("ticket", "7"));

            assertThat(enact.rollback(result.runId()).steps())
                    .extracting(step -> step.restoration())
                    .containsExactly(Restoration.IRREVERSIBLE);
        });
    }

    @Test
    void whatWasUndoneByMistakeIsDoneAgain() {
        this.api.put("tickets", "7", "{\"title\":\"Printer\"}");
        desk("operations=rename").run(context -> {
            Enact enact = context.getBean(Enact.class);
            ActionResult result = enact.run("desk.rename", Actor.anonymous(), Map.of("id", "7", "title", "Screen"));
            RollbackReport undone = enact.rollback(result.runId());
            assertThat(this.api.get("tickets", "7")).contains("Printer");

            RollbackReport redone = enact.rollback(Objects.requireNonNull(undone.rollbackRunId()));

            assertThat(redone.steps()).extracting(step -> step.restoration()).containsExactly(Restoration.RESTORED);
            assertThat(this.api.get("tickets", "7")).contains("Screen");
        });
    }

    @Test
    void severalInstancesShareADeclarationAndNothingElse() {
        desk("operations=open")
                .withPropertyValues(
                        "enact.http.connectors.south.definition=file:" + this.directory.resolve("desk.yaml"),
                        "enact.http.connectors.south.base-url=" + this.api.url(),
                        "enact.http.connectors.south.allow-private=true",
                        "enact.http.connectors.south.variables.token=another-token",
                        "enact.http.connectors.south.tools=false",
                        "enact.http.connectors.south.operations=open,list")
                .run(context -> {
                    Enact enact = context.getBean(Enact.class);

                    assertThat(context.getBeansOfType(HttpConnector.class)).hasSize(2);
                    assertThat(tools(context))
                            .extracting(tool -> tool.getToolDefinition().name())
                            .containsExactly("desk_open");
                    assertThat(enact.run("desk.open", Actor.anonymous(), Map.of("title", "a"))
                                    .outcome())
                            .isInstanceOf(ActionOutcome.Succeeded.class);
                    assertThat(enact.run("south.list", Actor.anonymous(), Map.of())
                                    .outcome())
                            .isInstanceOfSatisfying(
                                    ActionOutcome.Failed.class,
                                    failed -> assertThat(failed.error())
                                            .hasMessageContaining("401 (unauthorized, Unknown token Bearer ***)"));
                });
    }

    private static List<ToolCallback> tools(ApplicationContext context) {
        return Arrays.asList(context.getBean("enactConnectorTools", ToolCallbackProvider.class)
                .getToolCallbacks());
    }

    private static ToolCallback tool(ApplicationContext context, String name) {
        return tools(context).stream()
                .filter(tool -> tool.getToolDefinition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Receipt> receipts(ApplicationContext context) {
        return context.getBean(ReceiptStore.class)
                .query(ReceiptFilter.all(), null, 100)
                .receipts();
    }
}

package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.autoconfigure.EnactHttpAutoConfiguration;
import cloud.enact.autoconfigure.EnactWorkflowAutoConfiguration;
import cloud.enact.doubles.http.HubSpotDouble;
import cloud.enact.receipt.ReceiptKind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** A model is offered the workflows that are listed, and each of its calls passes the gate once. */
class WorkflowToolTests {

    private final HubSpotDouble hubSpot = new HubSpotDouble();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        this.hubSpot.close();
    }

    @Test
    void aListedWorkflowIsCalledThroughTheGateOnce() {
        application().run(context -> {
            ask(context, "{\"email\":\"ada@example.org\"}");

            assertThat(GateHarness.model(context).toolResults())
                    .singleElement()
                    .asString()
                    .contains("hubspot.create_contact");
            assertThat(GateHarness.receipts(context, "new_lead", ReceiptKind.DECIDED))
                    .hasSize(1);
            assertThat(this.hubSpot.count()).isOne();
        });
    }

    @Test
    void aModelIsToldWhyAWorkflowWasStopped() {
        application()
                .withPropertyValues(
                        "enact.policies[0].name=ours-only",
                        "enact.policies[0].on=hubspot.create_contact",
                        "enact.policies[0].block=!args.email.endsWith('@example.org')",
                        "enact.policies[0].reason=Only people of ours are added")
                .run(context -> {
                    ask(context, "{\"email\":\"mallory@example.com\"}");

                    assertThat(GateHarness.model(context).toolResults())
                            .singleElement()
                            .asString()
                            .contains("Only people of ours are added");
                    assertThat(this.hubSpot.count()).isZero();
                });
    }

    @Test
    void anArgumentThatTheWorkflowDoesNotHaveIsRefused() {
        application().run(context -> {
            ask(context, "{\"email\":\"ada@example.org\",\"owner\":\"me\"}");

            assertThat(this.hubSpot.count()).isZero();
        });
    }

    private static void ask(ApplicationContext context, String arguments) {
        GateHarness.model(context).thenCalls("new_lead", arguments);
        GateHarness.chatClient(context).prompt("Add her").call().content();
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withConfiguration(
                        AutoConfigurations.of(EnactHttpAutoConfiguration.class, EnactWorkflowAutoConfiguration.class))
                .withPropertyValues(
                        "HUBSPOT_TOKEN=" + HubSpotDouble.TOKEN,
                        "enact.http.connectors.hubspot.pack=hubspot",
                        "enact.http.connectors.hubspot.base-url=" + this.hubSpot.url(),
                        "enact.http.connectors.hubspot.allow-private=true",
                        "enact.http.connectors.hubspot.operations=create_contact,create_task",
                        "enact.workflows=new_lead");
    }
}

package cloud.enact.connector.http;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.doubles.http.HubSpotDouble;
import cloud.enact.rollback.RollbackResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contacts of HubSpot. */
class HubSpotPackTests extends PackContract {

    private final HubSpotDouble hubSpot = new HubSpotDouble();

    HubSpotPackTests() {
        super("hubspot");
    }

    @Override
    HubSpotDouble vendor() {
        return this.hubSpot;
    }

    @Override
    ApplicationContextRunner application() {
        return with("find_contact,create_contact,update_contact,create_task", "HUBSPOT_TOKEN=" + HubSpotDouble.TOKEN);
    }

    @Override
    String create() {
        return "create_contact";
    }

    @Override
    Map<String, Object> createArgs() {
        return Map.of("email", "ada@example.org", "first_name", "Ada");
    }

    @Override
    Map<String, Object> wrongArgs() {
        return Map.of("email", "not-valid");
    }

    @Override
    String vendorError() {
        return "VALIDATION_ERROR";
    }

    @Override
    String update() {
        return "update_contact";
    }

    @Override
    Map<String, Object> updateArgs(String id) {
        return Map.of("id", id, "first_name", "Augusta Ada", "company", "Analytical Engines");
    }

    @Override
    void change(String id) {
        this.hubSpot.edit(id, contact -> ((ObjectNode) contact.get("properties")).put("company", "Somewhere else"));
    }

    @Override
    String secret() {
        return HubSpotDouble.TOKEN;
    }

    /** A property that was never set comes back as an empty one, and the date of the last change moves. */
    @Override
    JsonNode comparable(JsonNode node) {
        ObjectNode properties = (ObjectNode) node.get("properties");
        properties.remove("lastmodifieddate");
        properties.remove("hs_lastmodifieddate");
        properties
                .properties()
                .removeIf(property -> property.getValue().asString("").isEmpty());
        return properties;
    }

    @Test
    void aContactThatIsThereIsNotMadeAgain() {
        this.hubSpot.addContact("ada@example.org", "Ada");
        application().run(context -> {
            assertThat(error(perform(context, create(), createArgs()))).contains("CONFLICT", "Contact already exists");
            assertThat(this.hubSpot.count()).isOne();
        });
    }

    @Test
    void aContactIsFoundByItsAddressOrSaidNotToBeThere() {
        String id = this.hubSpot.addContact("ada@example.org", "Ada");
        application().run(context -> {
            assertThat(output(perform(context, "find_contact", Map.of("email", "ada@example.org")), "id"))
                    .isEqualTo(id);
            assertThat(output(perform(context, "find_contact", Map.of("email", "nobody@example.org")), "id"))
                    .isEqualTo("null");
        });
    }

    @Test
    void aContactThatSomebodyTookOverIsNotArchived() {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            vendor().edit(
                            output(created, "id"),
                            contact -> ((ObjectNode) contact.get("properties")).put("hubspot_owner_id", "42"));

            assertThat(rollback(context, created.runId()).result()).isEqualTo(RollbackResult.REFUSED);
        });
    }

    @Test
    void aTaskIsArchivedUnlessSomebodyTookItUp() {
        String contact = this.hubSpot.addContact("ada@example.org", "Ada");
        application().run(context -> {
            ActionResult first = task(context, contact);
            ActionResult second = task(context, contact);
            this.hubSpot.edit(
                    output(second, "id"),
                    task -> ((ObjectNode) task.get("properties")).put("hs_task_status", "COMPLETED"));

            assertThat(rollback(context, first.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(rollback(context, second.runId()).result()).isEqualTo(RollbackResult.REFUSED);

            assertThat(this.hubSpot.count()).isEqualTo(2);
        });
    }

    private ActionResult task(ApplicationContext context, String contact) {
        return perform(
                context,
                "create_task",
                Map.of("contact_id", contact, "subject", "Call", "due", "2030-01-31T09:00:00Z"));
    }
}

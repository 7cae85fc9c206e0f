package cloud.enact.connector.http;

import cloud.enact.doubles.http.HubSpotDouble;
import java.util.Map;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
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
}

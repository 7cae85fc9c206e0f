package cloud.enact.connector.http;

import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.doubles.http.ZendeskDouble;
import cloud.enact.rollback.RollbackResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tickets of Zendesk. */
class ZendeskPackTests extends PackContract {

    private final ZendeskDouble zendesk = new ZendeskDouble();

    ZendeskPackTests() {
        super("zendesk");
    }

    @Override
    ZendeskDouble vendor() {
        return this.zendesk;
    }

    @Override
    ApplicationContextRunner application() {
        return with(
                "create_ticket,update_ticket",
                "ZENDESK_URL=https://example.zendesk.com",
                "ZENDESK_USER=" + ZendeskDouble.USER,
                "ZENDESK_TOKEN=" + ZendeskDouble.TOKEN);
    }

    @Override
    String create() {
        return "create_ticket";
    }

    @Override
    Map<String, Object> createArgs() {
        return Map.of("subject", "Printer", "body", "It is on fire.", "priority", "normal");
    }

    @Override
    Map<String, Object> wrongArgs() {
        return Map.of("subject", "Printer", "body", " ");
    }

    @Override
    String vendorError() {
        return "RecordInvalid";
    }

    @Override
    String update() {
        return "update_ticket";
    }

    @Override
    Map<String, Object> updateArgs(String id) {
        return Map.of("id", Long.parseLong(id), "priority", "urgent");
    }

    @Override
    void change(String id) {
        this.zendesk.edit(id, ticket -> ticket.put("priority", "low"));
    }

    @Override
    String secret() {
        return ZendeskDouble.TOKEN;
    }

    @Test
    void aTicketThatSomebodyCommentedOnIsNotDeleted() {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            this.zendesk.comment(output(created, "id"), "I am on my way.");

            assertThat(rollback(context, created.runId()).result()).isEqualTo(RollbackResult.REFUSED);
            assertThat(this.zendesk.count()).isOne();
        });
    }

    @Override
    JsonNode comparable(JsonNode node) {
        ((ObjectNode) node).remove("updated_at");
        return node;
    }
}

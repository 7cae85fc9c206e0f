package cloud.enact.connector.http;

import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.doubles.http.PagerDutyDouble;
import cloud.enact.rollback.RollbackResult;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Incidents of PagerDuty. */
class PagerDutyPackTests extends PackContract {

    private final PagerDutyDouble pagerDuty = new PagerDutyDouble();

    PagerDutyPackTests() {
        super("pagerduty");
    }

    @Override
    PagerDutyDouble vendor() {
        return this.pagerDuty;
    }

    @Override
    ApplicationContextRunner application() {
        return with(
                "create_incident,update_incident,acknowledge_incident,resolve_incident",
                "PAGERDUTY_TOKEN=" + PagerDutyDouble.TOKEN,
                "PAGERDUTY_FROM=" + PagerDutyDouble.USER);
    }

    @Override
    String create() {
        return "create_incident";
    }

    @Override
    Map<String, Object> createArgs() {
        return Map.of("service", PagerDutyDouble.SERVICE, "title", "Disk full");
    }

    @Override
    Map<String, Object> wrongArgs() {
        return Map.of("service", "PNONE", "title", "Disk full");
    }

    @Override
    String vendorError() {
        return "2001, Invalid Input Provided, Service Not Found";
    }

    @Override
    String update() {
        return "update_incident";
    }

    @Override
    Map<String, Object> updateArgs(String id) {
        return Map.of("id", id, "title", "Disk almost full", "urgency", "low");
    }

    @Override
    void change(String id) {
        this.pagerDuty.edit(id, incident -> incident.put("title", "Still full"));
    }

    @Override
    String secret() {
        return PagerDutyDouble.TOKEN;
    }

    /** Nothing deletes an incident. */
    @Override
    boolean isUndone(String id) {
        return this.pagerDuty.find(id).get("status").asString().equals("resolved");
    }

    @Test
    void nothingTakesAnAcknowledgementBack() {
        application().run(context -> {
            String id = output(perform(context, create(), createArgs()), "id");
            ActionResult acknowledged = perform(context, "acknowledge_incident", Map.of("id", id));
            output(acknowledged);

            assertThat(rollback(context, acknowledged.runId()).result()).isEqualTo(RollbackResult.NOTHING_TO_UNDO);

            assertThat(status(id)).isEqualTo("acknowledged");
        });
    }

    @Test
    void anIncidentThatSomebodyTookCareOfIsNotResolved() {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            String id = output(created, "id");
            this.pagerDuty.edit(id, incident -> incident.put("status", "acknowledged"));

            assertThat(rollback(context, created.runId()).result()).isEqualTo(RollbackResult.REFUSED);

            assertThat(status(id)).isEqualTo("acknowledged");
        });
    }

    @Test
    void anIncidentThatSomebodyResolvedNeedsNoUndo() {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            this.pagerDuty.edit(output(created, "id"), incident -> incident.put("status", "resolved"));

            assertThat(rollback(context, created.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.pagerDuty.changingRequests()).hasSize(1);
        });
    }

    private String status(String id) {
        return this.pagerDuty.find(id).get("status").asString();
    }
}

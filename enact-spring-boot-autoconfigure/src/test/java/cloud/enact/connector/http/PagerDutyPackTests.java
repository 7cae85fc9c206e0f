package cloud.enact.connector.http;

import cloud.enact.doubles.http.PagerDutyDouble;
import java.util.Map;
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
}

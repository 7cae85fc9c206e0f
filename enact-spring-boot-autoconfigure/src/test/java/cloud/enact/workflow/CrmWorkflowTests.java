package cloud.enact.workflow;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static cloud.enact.workflow.Calls.tool;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.connector.http.PackApplication;
import cloud.enact.doubles.http.HubSpotDouble;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Contacts that workflows add and change, in a CRM behind the HTTP connector. */
class CrmWorkflowTests {

    private static final Map<String, Object> ADA = Map.of(
            "email", "ada@example.org",
            "first_name", "Ada",
            "follow_up", "Call about engines",
            "due", "2030-01-31T09:00:00Z");

    private final HubSpotDouble hubSpot = new HubSpotDouble();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        this.hubSpot.close();
    }

    @Test
    void aLeadIsAContactWithATaskAndOneRollbackTakesBothBack() {
        application().run(context -> {
            ActionResult lead = run(context, "new_lead", ADA);

            assertThat(output(lead)).contains("hubspot.create_contact", "hubspot.create_task");
            assertThat(this.hubSpot.property(output(lead, "id"), "firstname")).isEqualTo("Ada");
            assertThat(this.hubSpot.property(output(lead, "task_id"), "hs_task_subject"))
                    .isEqualTo("Call about engines");

            assertThat(rollback(context, lead.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.hubSpot.count()).isZero();
        });
    }

    @Test
    void aTaskThatFailsIsNamedAndTheContactCanStillBeTakenBack() {
        application().run(context -> {
            ActionResult lead = run(
                    context,
                    "new_lead",
                    Map.of("email", "ada@example.org", "follow_up", "x".repeat(501), "due", "2030-01-31T09:00:00Z"));

            assertThat(error(lead)).contains("Step 'hubspot.create_task' can't be taken", "at most 500");
            assertThat(this.hubSpot.count()).isOne();
            assertThat(rollback(context, lead.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.hubSpot.count()).isZero();
        });
    }

    @Test
    void aTaskNeedsToKnowWhen() {
        application().run(context -> {
            assertThat(error(run(context, "new_lead", Map.of("email", "ada@example.org", "follow_up", "Call"))))
                    .contains("'follow_up' and 'due' are given together");
            assertThat(this.hubSpot.count()).isZero();
        });
    }

    @Test
    void aContactThatIsThereIsNotAddedASecondTime() {
        this.hubSpot.addContact("Ada@Example.org", "Augusta");
        application("enact.policies[0].policy=crm.dont-duplicate-contacts").run(context -> {
            assertThat(tool(context, "new_lead").call("{\"email\":\"ada@example.org\"}"))
                    .contains("BLOCK", "There is a contact with the address");
            assertThat(this.hubSpot.count()).isOne();
            assertThat(this.hubSpot.changingRequests()).isEmpty();

            assertThat(output(run(context, "new_lead", Map.of("email", "grace@example.org"))))
                    .contains("create_contact");
        });
    }

    @Test
    void nobodyIsAddedWhileNobodyCanLook() {
        application("enact.policies[0].policy=crm.dont-duplicate-contacts").run(context -> {
            this.hubSpot.limitNext();

            assertThat(tool(context, "new_lead").call("{\"email\":\"ada@example.org\"}"))
                    .contains("BLOCK");
            assertThat(this.hubSpot.count()).isZero();
        });
    }

    @Test
    void soManyLeadsAreAddedInAnHourAndNoMore() {
        application(
                        "enact.policies[0].policy=workflow.limit-calls",
                        "enact.policies[0].on=new_lead",
                        "enact.policies[0].with.max=2")
                .run(context -> {
                    output(run(context, "new_lead", Map.of("email", "a@example.org")));
                    output(run(context, "new_lead", Map.of("email", "b@example.org")));

                    ActionResult third = run(context, "new_lead", Map.of("email", "c@example.org"));

                    assertThat(third.passed()).isFalse();
                    assertThat(third.decision().reasons().toString())
                            .contains("called 2 times within 1h, and at most 2 are allowed");
                    assertThat(this.hubSpot.count()).isEqualTo(2);
                });
    }

    @Test
    void ofManyLeadsAtOnceNoMoreThanTheLimitAreAdded() {
        application(
                        "enact.policies[0].policy=workflow.limit-calls",
                        "enact.policies[0].on=new_lead",
                        "enact.policies[0].with.max=2")
                .run(context -> {
                    ExecutorService callers = Executors.newFixedThreadPool(8);
                    List<Future<ActionResult>> calls = new ArrayList<>();
                    for (int i = 0; i < 16; i++) {
                        String email = "lead" + i + "@example.org";
                        calls.add(callers.submit(() -> run(context, "new_lead", Map.of("email", email))));
                    }
                    int passed = 0;
                    for (Future<ActionResult> call : calls) {
                        passed += call.get().passed() ? 1 : 0;
                    }
                    callers.shutdown();

                    assertThat(passed).isEqualTo(2);
                    assertThat(this.hubSpot.count()).isEqualTo(2);
                });
    }

    @Test
    void aLimitThatAllowsNothingStopsTheApplication() {
        application(
                        "enact.policies[0].policy=workflow.limit-calls",
                        "enact.policies[0].on=new_lead",
                        "enact.policies[0].with.max=0")
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining("is 0"));
    }

    @Test
    void aLimitThatNamesNoActionStopsTheApplication() {
        application("enact.policies[0].policy=workflow.limit-calls", "enact.policies[0].with.max=1")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("'workflow.limit-calls' does not know which actions it is for"));
    }

    @Test
    void aRecordIsFoundByItsAddressAndChangedAndTakenBack() {
        String id = this.hubSpot.addContact("ada@example.org", "Ada");
        application().run(context -> {
            ActionResult updated = update(context, "ada@example.org", Map.of("first_name", "Augusta", "phone", "1815"));
            output(updated);

            assertThat(this.hubSpot.property(id, "firstname")).isEqualTo("Augusta");
            assertThat(rollback(context, updated.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(this.hubSpot.property(id, "firstname")).isEqualTo("Ada");
            assertThat(this.hubSpot.property(id, "phone")).isEmpty();
        });
    }

    @Test
    void anAddressThatNobodyHasChangesNothing() {
        application().run(context -> {
            assertThat(error(update(context, "nobody@example.org", Map.of("first_name", "Augusta"))))
                    .contains("There is no contact with this address");
            assertThat(this.hubSpot.changingRequests()).isEmpty();
        });
    }

    @Test
    void theFieldsDoNotSayWhichContactItIs() {
        String id = this.hubSpot.addContact("ada@example.org", "Ada");
        String other = this.hubSpot.addContact("grace@example.org", "Grace");
        application().run(context -> {
            output(update(context, "ada@example.org", Map.of("id", other, "first_name", "Augusta")));

            assertThat(this.hubSpot.property(id, "firstname")).isEqualTo("Augusta");
            assertThat(this.hubSpot.property(other, "firstname")).isEqualTo("Grace");
        });
    }

    private static ActionResult update(ApplicationContext context, String email, Map<String, Object> fields) {
        return run(context, "update_crm_record", Map.of("email", email, "fields", fields));
    }

    private ApplicationContextRunner application(String... properties) {
        return PackApplication.with(
                        this.directory,
                        "hubspot",
                        this.hubSpot,
                        "find_contact,create_contact,update_contact,create_task",
                        "HUBSPOT_TOKEN=" + HubSpotDouble.TOKEN,
                        "enact.workflows=new_lead,update_crm_record")
                .withPropertyValues(properties);
    }
}

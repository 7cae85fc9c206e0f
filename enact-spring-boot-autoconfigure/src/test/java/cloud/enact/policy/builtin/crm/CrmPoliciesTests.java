package cloud.enact.policy.builtin.crm;

import static cloud.enact.policy.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.policy.ActionHistory;
import cloud.enact.policy.EarlierAction;
import cloud.enact.policy.Effect;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.PolicySetFactory;
import cloud.enact.policy.PolicySpec;
import cloud.enact.policy.Remembered;
import cloud.enact.policy.catalogue.BuiltinPolicies;
import cloud.enact.policy.catalogue.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrmPoliciesTests {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final PolicySet CONTACTS = contacts("ann@x.example"::equals);

    @ParameterizedTest
    @CsvSource({
        "hubspot.create_contact, ann@x.example, BLOCK",
        "crm.addContact, ' ANN@X.example ', BLOCK",
        "crm.add_contact, an\u200Bn@x.example, BLOCK",
        "salesforce.import_leads, ann@x.example, BLOCK",
        "crm.create_contact, bob@x.example, PASS",
        "crm.update_contact, ann@x.example, ABSTAIN",
        "crm.get_contact, ann@x.example, ABSTAIN",
        "crm.create_contact_task, ann@x.example, ABSTAIN",
        "mailer.send, ann@x.example, ABSTAIN"
    })
    void contactThatExistsIsNotMadeAgain(String action, String email, Effect effect) {
        assertThat(effect(CONTACTS, action, "email", email)).isEqualTo(effect);
    }

    @Test
    void addressesAreFoundWhereverTheyStand() {
        assertThat(effect(CONTACTS, "crm.create_contact", "contact", Map.of("emails", List.of("b@x", "ann@x.example"))))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(CONTACTS, "crm.create_contact", "properties", Map.of("work_email", "ann@x.example")))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(CONTACTS, "crm.create_contact", "name", "ann@x.example"))
                .isEqualTo(Effect.PASS);
        for (Object odd : new Object[] {null, "", 5, List.of(), Map.of()}) {
            assertThat(effect(CONTACTS, "crm.create_contact", "email", odd)).isEqualTo(Effect.PASS);
        }
        assertThat(effect(
                        CONTACTS,
                        "crm.import_contacts",
                        "emails",
                        IntStream.range(0, 100).mapToObj(i -> i + "@x").toList()))
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void lookUpThatFailsBlocks() {
        PolicySet set = contacts(email -> {
            throw new IllegalStateException("no network");
        });

        assertThat(effect(set, "crm.create_contact", "email", "a@x")).isEqualTo(Effect.BLOCK);
    }

    @Test
    void withoutALookUpItCannotBeConfigured() {
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> set(
                        new BuiltinPolicies(name -> null, Catalogue.HOME),
                        "crm.dont-duplicate-contacts",
                        ActionHistory.none(),
                        Map.of()))
                .satisfies(ex -> assertThat(ex.getAction()).contains(ContactLookup.class.getName()));
    }

    @ParameterizedTest
    @CsvSource({"2, PASS", "3, BLOCK", "9, BLOCK"})
    void contactGetsOnlySoManyTasks(int before, Effect effect) {
        ActionHistory history = new Remembered(
                IntStream.range(0, before).mapToObj(i -> task("Contact-7")).toList());

        assertThat(effect(tasks(history, Map.of()), "crm.create_task", "contact_id", "contact-7"))
                .isEqualTo(effect);
        assertThat(effect(tasks(history, Map.of("max", 20)), "crm.create_task", "contact_id", "contact-7"))
                .isEqualTo(Effect.PASS);
        assertThat(effect(tasks(history, Map.of()), "crm.create_task", "contact_id", "contact-8"))
                .isEqualTo(Effect.PASS);
    }

    @Test
    void tasksOfOneCallCountAsWell() {
        PolicySet set = tasks(ActionHistory.none(), Map.of());
        Map<String, Object> task = Map.of("contactId", 7, "title", "call");

        assertThat(effect(set, "crm.create_tasks", "tasks", Collections.nCopies(3, task)))
                .isEqualTo(Effect.PASS);
        assertThat(effect(set, "crm.create_tasks", "tasks", Collections.nCopies(4, task)))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(set, "crm.create_tasks", "contact", Map.of("id", 7), "tasks", List.of("a", "b", "c", "d")))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(set, "crm.create_tasks", "tasks", List.of("a", "b", "c", "d")))
                .isEqualTo(Effect.PASS);
    }

    @Test
    void onlyTasksWithinTheWindowCount() {
        EarlierAction old = new EarlierAction(
                "crm.create_task", Map.of("contact_id", "7"), "agent", NOW.minus(Duration.ofDays(8)), null);
        EarlierAction note =
                new EarlierAction("crm.add_note", Map.of("contact_id", "7"), "agent", NOW.minusSeconds(9), null);
        EarlierAction hidden =
                new EarlierAction("crm.create_task", Map.of("contact_id", "***"), "agent", NOW.minusSeconds(9), null);

        assertThat(effect(
                        tasks(new Remembered(List.of(old, old, old, note, note, note)), Map.of()),
                        "crm.create_task",
                        "contact_id",
                        "7"))
                .isEqualTo(Effect.PASS);
        assertThat(effect(
                        tasks(new Remembered(List.of(old, old, old)), Map.of("window", "10d")),
                        "crm.create_task",
                        "contact_id",
                        "7"))
                .isEqualTo(Effect.BLOCK);
        assertThat(effect(tasks(new Remembered(List.of(hidden)), Map.of()), "crm.create_task", "contact_id", "7"))
                .isEqualTo(Effect.BLOCK);
    }

    @Test
    void limitIsAboutMakingTasks() {
        PolicySet set = tasks(Remembered.broken(), Map.of());

        assertThat(effect(set, "crm.list_tasks", "contact_id", "7")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(set, "crm.complete_task", "contact_id", "7")).isEqualTo(Effect.ABSTAIN);
        assertThat(effect(set, "crm.create_task")).isEqualTo(Effect.PASS);
        assertThat(effect(set, "crm.create_task", "contact_id", "7")).isEqualTo(Effect.BLOCK);
        assertThat(effect(set, "hubspot.schedule_follow_up", "contact_id", "7")).isEqualTo(Effect.BLOCK);
    }

    private static EarlierAction task(String contact) {
        return new EarlierAction(
                "crm.create_task",
                Map.of("contact_id", contact),
                "agent",
                NOW.minusSeconds(60),
                null,
                UUID.randomUUID(),
                false);
    }

    private static PolicySet contacts(ContactLookup contacts) {
        return set(
                new BuiltinPolicies(name -> null, Catalogue.HOME, () -> false, () -> contacts),
                "crm.dont-duplicate-contacts",
                ActionHistory.none(),
                Map.of());
    }

    private static PolicySet tasks(ActionHistory history, Map<String, Object> with) {
        return set(Catalogue.policies(), "crm.limit-tasks-per-contact", history, with);
    }

    private static PolicySet set(
            BuiltinPolicies policies, String policy, ActionHistory history, Map<String, Object> with) {
        return new PolicySetFactory(policies.types(), List.of(), null, EnactMode.ENFORCE, Duration.ZERO, history)
                .create(List.of(new PolicySpec(policy, null, with, null, null, null, null, null, "test")));
    }

    private static Effect effect(PolicySet set, String action, Object... args) {
        return Catalogue.judge(set, request(action, args)).effect();
    }
}

package cloud.enact.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.Actor;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom actions are about when there are many of them. */
class SubjectsTests {

    private static final Actor AGENT = Actor.of("agent@example.org");

    private final Subjects subjects =
            new Subjects((action, actor, args) -> (args.get("customer") instanceof String customer) ? customer : null);

    @Test
    void howeverManyActionsOneIsMadeOfTheyAreAboutItsSubject() {
        UUID parent = UUID.randomUUID();
        this.subjects.of(parent, null, "crm.close", AGENT, Map.of("customer", "c-1"));

        for (int i = 0; i < 25_000; i++) {
            UUID step = UUID.randomUUID();
            assertThat(this.subjects.of(step, parent, "postgres.update", AGENT, Map.of("table", "notes")))
                    .isEqualTo("c-1");
            assertThat(this.subjects.of(step, parent, "postgres.update", AGENT, Map.of()))
                    .isEqualTo("c-1");
        }
    }
}

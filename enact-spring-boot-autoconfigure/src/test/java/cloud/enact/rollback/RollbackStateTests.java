package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollbackStateTests {

    private final Office office = new Office();

    @Test
    void refusalsDontHideWhatWasRolledBackBefore() {
        RunId run = this.office.run();
        this.office
                .action(run, "files.put")
                .put(this.office.files, "a", "agent")
                .put(this.office.files, "b", "agent")
                .succeeds();
        assertThat(this.office.rollback(run, Set.of(1L), Set.of()).result()).isEqualTo(RollbackResult.PARTIAL);
        this.office.files.put("a", "person");

        for (int i = 0; i <= RollbackState.MAX; i++) {
            assertThat(this.office.rollback(run).result()).isEqualTo(RollbackResult.REFUSED);
        }

        assertThat(RollbackState.of(this.office.store, run).state()).isEqualTo("PARTIAL");
    }
}

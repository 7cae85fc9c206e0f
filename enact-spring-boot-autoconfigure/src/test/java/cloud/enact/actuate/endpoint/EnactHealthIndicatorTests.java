package cloud.enact.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.InDoubtRuns;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.ReceiptStoreException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class EnactHealthIndicatorTests {

    private final ReceiptStore store = ReceiptStore.inMemory(2);

    private final ReceiptLog log = Drafts.log(this.store);

    private final Set<UUID> inFlight = new HashSet<>();

    private @Nullable String policyProblem;

    private Health health(long failedOpen, long unrecorded, @Nullable String problem, boolean insecure) {
        GateFigures figures = new GateFigures(
                "enforce",
                "sha256:00",
                1,
                2,
                failedOpen,
                unrecorded,
                unrecorded > 0,
                Set.of("a.b"),
                this.policyProblem,
                problem);
        return new EnactHealthIndicator(
                        () -> figures,
                        this.log,
                        new InDoubtRuns(this.store, this.log.id()),
                        this.inFlight::contains,
                        insecure)
                .health();
    }

    @Test
    void isUpWhileEverythingIsRecorded() {
        Health health = health(0, 0, null, false);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("mode", "enforce")
                .containsEntry("log", "test")
                .containsEntry("queue", 0)
                .containsEntry("in_doubt", 0)
                .containsEntry("failed_policies", Set.of("a.b"))
                .doesNotContainKeys("last_problem", "insecure_secret", "unrecorded", "failed_open");
    }

    @Test
    void isDownWhileTheLogFails() {
        this.log.append(Drafts.decided(Drafts.run()));
        this.log.append(Drafts.decided(Drafts.run()));
        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> this.log.append(Drafts.decided(Drafts.run())));

        Health health = health(0, 0, null, false);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("last_problem")).asString().contains("full");
    }

    @Test
    void isDownFromThenOnOnceAnOutcomeIsLost() {
        this.log.append(Drafts.decided(Drafts.run()));

        Health health = health(0, 1, "The outcome of action crm.delete could not be recorded", false);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("unrecorded", 1L)
                .containsEntry("last_problem", "The outcome of action crm.delete could not be recorded");
    }

    @Test
    void whatWentThroughWhileObservingIsADetail() {
        Health health = health(3, 0, "The decision could not be recorded", false);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("failed_open", 3L)
                .containsEntry("last_problem", "The decision could not be recorded");
    }

    @Test
    void isDownWhileAPolicyFileCannotBeUsed() {
        this.policyProblem = "Policy file shop.yaml, line 2: there is no policy 'a.b'";

        Health health = health(0, 0, null, false);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("policy_problem", this.policyProblem);
    }

    @Test
    void countsCallsInDoubtButNotThoseThatStillRun() {
        Receipt lost = this.log.append(Drafts.decided(Drafts.run()));
        Receipt running = this.log.append(Drafts.decided(Drafts.run()));
        this.inFlight.add(running.actionId());

        assertThat(lost.actionId()).isNotEqualTo(running.actionId());
        assertThat(health(0, 0, null, false).getDetails()).containsEntry("in_doubt", 1);
    }

    @Test
    void saysThatTheSecretIsWorthless() {
        assertThat(health(0, 0, null, true).getDetails()).containsEntry("insecure_secret", true);
    }
}

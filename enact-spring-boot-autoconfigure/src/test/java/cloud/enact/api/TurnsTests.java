package cloud.enact.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private final Turns turns = new Turns(2, Duration.ZERO);

    @Test
    void whoeverComesWhenAllAreTakenIsToldToComeAgain() {
        assertThat(this.turns.take(() -> this.turns.take(() -> "answer"))).isEqualTo("answer");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> this.turns.take(() -> this.turns.take(() -> this.turns.take(() -> "one too many"))))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(503))
                .withMessageContaining("Ask again later.");
    }

    @Test
    void aQuestionThatFailsGivesItsTurnBack() {
        for (int i = 0; i < 3; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> this.turns.take(() -> {
                        throw new IllegalStateException("broken");
                    }));
        }

        assertThat(this.turns.take(() -> "answer")).isEqualTo("answer");
    }

    @Test
    void whoeverIsInterruptedWhileWaitingStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> this.turns.take(() -> "answer"));
        assertThat(Thread.interrupted()).isTrue();
    }
}

package cloud.enact.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTests {

    @Test
    void whatADataSourceThrowsIsNotTheEndOfRenewing() throws InterruptedException {
        CountDownLatch beats = new CountDownLatch(3);

        try (Heartbeat heart = new Heartbeat("test", () -> {
            beats.countDown();
            throw new IllegalStateException("the pool is being changed");
        })) {
            heart.start(Duration.ofMillis(30));

            assertThat(beats.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}

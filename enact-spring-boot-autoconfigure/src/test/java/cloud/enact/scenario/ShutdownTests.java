package cloud.enact.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with all connectors ends when it is closed. */
class ShutdownTests {

    private static final long PATIENCE = 20_000;

    @Test
    void noThreadKeepsTheProcessAlive(@TempDir Path folder) throws Exception {
        try (Systems systems = Systems.start(folder)) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            try (ConfigurableApplicationContext context = Shop.start(systems.settings())) {
                Enact enact = context.getBean(Enact.class);
                enact.rollback(
                        enact.run("shop.raise_prices", Actor.of("a"), Map.of()).runId());
            }

            List<Thread> left = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !thread.isDaemon() && !before.contains(thread))
                    .toList();
            for (Thread thread : left) {
                thread.join(PATIENCE);
            }
            assertThat(left).noneMatch(Thread::isAlive);
        }
    }
}

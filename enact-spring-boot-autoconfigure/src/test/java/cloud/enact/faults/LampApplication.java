package cloud.enact.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.EnactAction;
import cloud.enact.gate.ActionBlockedException;
import cloud.enact.gate.GateState;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.recovery.RecoveryService;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with one governed action, whose store of receipts fails. */
final class LampApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    LampApplication(Path folder, String... properties) {
        this.context = new ChildApplication(Application.class)
                .withManyCheckpoints()
                .with("enact.receipts.file=" + Worker.store(folder))
                .with(properties)
                .start();
    }

    Lamp lamp() {
        return this.context.getBean(Lamp.class);
    }

    ApplicationContext context() {
        return this.context;
    }

    ReceiptStore store() {
        return this.context.getBean(ReceiptStore.class);
    }

    ReceiptLog log() {
        return this.context.getBean(ReceiptLog.class);
    }

    /** The action is let through, and its receipts are there. */
    void works() {
        int before = lamp().times();
        lamp().on("", () -> {});
        assertThat(lamp().times()).isEqualTo(before + 1);
        assertThat(log().state().healthy()).isTrue();
    }

    /** The action is stopped before it begins. */
    void blocks(String reason) {
        blocks("", reason);
    }

    /** The same, with an argument. */
    void blocks(String note, String reason) {
        int before = lamp().times();
        assertThatExceptionOfType(ActionBlockedException.class)
                .isThrownBy(() -> lamp().on(note, () -> {}))
                .withMessageContaining("can't be recorded");
        assertThat(lamp().times()).isEqualTo(before);
        assertThat(log().state().healthy()).isFalse();
        assertThat(log().state().lastError()).contains(reason);
    }

    /** The action takes place, whose outcome can't be recorded because of what happens meanwhile. */
    void endsInDoubt(Runnable meanwhile) {
        long before = unrecorded();
        assertThat(lamp().on("", meanwhile)).isEqualTo("lit");
        assertThat(unrecorded()).isEqualTo(before + 1);
    }

    long unrecorded() {
        return this.context.getBean(GateState.class).unrecordedCount();
    }

    /** How many actions are in doubt. */
    int doubts() {
        return this.context.getBean(RecoveryService.class).inDoubt().size();
    }

    /**
     * Everything is valid, beside the checkpoints in the store and outside.
     *
     * @return how many checkpoints are remembered outside
     */
    long verifies() {
        return new Records(this.context).assertAllIsValid();
    }

    @Override
    public void close() {
        this.context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ChildApplication.WithStarter
    @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
    static class Application {

        @Bean
        Lamp lamp() {
            return new Lamp();
        }
    }

    /** What is governed. */
    static class Lamp {

        private final AtomicInteger times = new AtomicInteger();

        @EnactAction("lamp.on")
        public String on(String note, Runnable meanwhile) {
            this.times.incrementAndGet();
            meanwhile.run();
            return "lit";
        }

        /** How often it was done. */
        int times() {
            return this.times.get();
        }
    }
}

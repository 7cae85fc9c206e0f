package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import cloud.enact.actuate.endpoint.EnactHealthIndicator;
import cloud.enact.autoconfigure.EnactEndpointAutoConfiguration;
import cloud.enact.autoconfigure.EnactMetersAutoConfiguration;
import cloud.enact.observation.CheckpointMeters;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointKey;
import cloud.enact.receipt.CheckpointKeys;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.CheckpointSink;
import cloud.enact.receipt.RecordingSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Checkpoints as an application makes them. The timeout only ends a test that would hang. */
@Timeout(120)
class CheckpointTests {

    /** A start records its mode and its policies, and a call its decision and its outcome. */
    private static final long ENTRIES = 4;

    private final RecordingSink sink = new RecordingSink("notary");

    @TempDir
    Path directory;

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withPropertyValues(
                        "enact.receipts.store=embedded",
                        "enact.receipts.file=" + file(),
                        "enact.receipts.checkpoints.name=example.com/till")
                .withBean("sink", CheckpointSink.class, () -> this.sink)
                .withUserConfiguration(Shop.class);
    }

    private Path file() {
        return this.directory.resolve("enact.db");
    }

    private void tamper(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void theEndOfAnApplicationSignsForWhatItRecorded() {
        application().run(context -> context.getBean(Till.class).pay(5));

        assertThat(this.sink.checkpoints()).singleElement().satisfies(checkpoint -> {
            assertThat(checkpoint.size()).isEqualTo(ENTRIES);
            assertThat(checkpoint.note()).startsWith("example.com/till/" + checkpoint.log() + "\n4\n");
        });
    }

    @Test
    void theKeyIsDerivedFromTheSigningSecretAndCheckedWithFormerOnes() {
        application().run(context -> context.getBean(Till.class).pay(5));
        String note = this.sink.checkpoints().get(0).note();

        application()
                .withPropertyValues(
                        "enact.signing.secret=another-secret-for-tests-that-is-long-enough",
                        "enact.signing.previous-secrets[0]=a-secret-for-tests-that-is-long-enough")
                .run(context -> {
                    assertThat(context.getBean(CheckpointKeys.class).open(note).size())
                            .isEqualTo(ENTRIES);
                    context.getBean(Till.class).pay(6);
                });

        // the receipt of the change of keys is one more
        assertThat(this.sink.checkpoints())
                .last()
                .satisfies(checkpoint -> assertThat(checkpoint.size()).isEqualTo(8));
    }

    @Test
    void aKeyOfItsOwnSigns() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----";
        CheckpointKey key = CheckpointSigner.of("example.com/till", pem).key();

        application()
                .withPropertyValues("enact.receipts.checkpoints.private-key=" + pem)
                .run(context -> context.getBean(Till.class).pay(5));

        Checkpoint checkpoint = this.sink.checkpoints().get(0);
        assertThat(CheckpointKeys.of(List.of(key)).open(checkpoint.note())).isEqualTo(checkpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enact.receipts.checkpoints.private-key=no key at all",
                "enact.receipts.checkpoints.private-key-file=/there/is/no/such/file",
                "enact.receipts.checkpoints.name=with space",
                "enact.receipts.checkpoints.verification-keys[0]=nothing",
                "enact.receipts.checkpoints.entries=0",
                "enact.receipts.checkpoints.interval=0s"
            })
    void whatCannotBeUsedStopsTheStart(String property) {
        application()
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("no key at all")));
    }

    @Test
    void theMemoryStoreMakesNone() {
        application()
                .withPropertyValues("enact.receipts.store=memory")
                .run(context -> context.getBean(Till.class).pay(5));

        assertThat(this.sink.checkpoints()).isEmpty();
    }

    @Test
    void aStoreThatWasCutStopsTheStart() throws Exception {
        application().run(context -> context.getBean(Till.class).pay(5));
        tamper("DROP TRIGGER receipt_entry_no_delete", "DELETE FROM receipt_entry WHERE seq = 4");

        application()
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .hasStackTraceContaining("has 3 entries, and its checkpoint of")
                        .hasStackTraceContaining("says 4: it was cut."));
    }

    @Test
    void healthAndMetersShowWhatIsExposed() {
        CountDownLatch gate = this.sink.hold();
        application()
                .withConfiguration(
                        AutoConfigurations.of(EnactEndpointAutoConfiguration.class, EnactMetersAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("enact.receipts.checkpoints.entries=2")
                .run(context -> {
                    context.getBean(Till.class).pay(5);

                    Map<String, Object> details =
                            context.getBean(EnactHealthIndicator.class).health().getDetails();
                    assertThat(details.get("checkpoints").toString())
                            .contains(
                                    "key=example.com/till+",
                                    "entries=4",
                                    "sinks={notary={size=0, exposed=4, exposed_since=");
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    context.getBean(CheckpointMeters.class).bindTo(registry);
                    assertThat(registry.get("enact.receipts.checkpoint.lag.entries")
                                    .tag("sink", "notary")
                                    .gauge()
                                    .value())
                            .isEqualTo(ENTRIES);
                    assertThat(registry.get("enact.receipts.checkpoint.lag")
                                    .tag("sink", "notary")
                                    .timeGauge()
                                    .value())
                            .isNotNegative();

                    gate.countDown();
                    this.sink.await(ENTRIES);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Shop {

        @Bean
        Till till() {
            return new Till();
        }
    }

    static class Till {

        @EnactAction("till.pay")
        public String pay(long amount) {
            return "paid " + amount;
        }
    }
}

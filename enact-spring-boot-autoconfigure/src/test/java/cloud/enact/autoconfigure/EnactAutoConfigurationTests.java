package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.Enact;
import cloud.enact.action.Actor;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What an application gets, and what backs off for its own beans. */
class EnactAutoConfigurationTests {

    @TempDir
    Path directory;

    @Test
    void secretIsTheOnlySettingWithoutADefault() {
        application().run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(SqliteReceiptStore.class);
            assertThat(context.getBean(Enact.class)
                            .run("lamp.on", Actor.of("a"), Map.of())
                            .passed())
                    .isTrue();
        });
    }

    @Test
    void embeddedStoreIsNoDataSourceOfTheApplication() {
        application()
                .run(context -> assertThat(
                                context.getBeansOfType(DataSource.class).values())
                        .allSatisfy(source -> assertThat(source.toString()).doesNotContain("sqlite")));
    }

    @Test
    void storeOfTheApplicationIsUsedInPlaceOfTheEmbeddedOne() {
        ReceiptStore own = ReceiptStore.inMemory(1000);
        application().withBean(ReceiptStore.class, () -> own).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(SqliteReceiptStore.class);

            context.getBean(Enact.class).run("lamp.on", Actor.of("a"), Map.of());

            assertThat(own.query(ReceiptFilter.ofAction("lamp.on"), null, 10).receipts())
                    .hasSize(2);
        });
    }

    @Test
    void actorWithoutAnIdIsRefused() {
        application()
                .withPropertyValues("enact.actor.roles=admin")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(EnactStartupException.class)
                        .hasMessageContaining("enact.actor has no id"));
    }

    @Test
    void sizeThatNoTextCanHaveIsRefusedByItsName() {
        application()
                .withPropertyValues("enact.limits.arguments=4GB")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(EnactStartupException.class)
                        .hasMessageContaining("enact.limits.arguments"));
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withUserConfiguration(OneLampApplication.class)
                .withPropertyValues(
                        "enact.receipts.file=" + this.directory.resolve("data/enact.db"),
                        "enact.signing.secret=a-secret-for-tests-that-is-long-enough");
    }
}

package cloud.enact.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.gate.EnactStartupException;
import cloud.enact.rollback.RollbackResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What start-up says when the database lacks what captures rows. */
class CaptureSchemaTests {

    @RegisterExtension
    final GuardedShop shop = new GuardedShop();

    @Test
    void whatIsMissingIsNamedWithThreeWaysToGetIt() throws Exception {
        String[] action = new String[1];
        this.shop.application("enact.postgres.capture-schema=validate").run(context -> {
            assertThat(context).getFailure().isInstanceOfSatisfying(EnactStartupException.class, failure -> {
                assertThat(failure.getDescription())
                        .contains("Changes of public.customer, public.orders in data source dataSource")
                        .contains("could not be undone");
                assertThat(failure.getAction())
                        .contains("enact.postgres.capture-schema=create")
                        .contains("enact postgres install --url <url> --user <owner> --protect 'public.*' --role '")
                        .contains("as the owner of the tables, in one transaction");
                action[0] = failure.getAction();
            });
        });

        // the SQL is what comes last, so that it can be copied as it is
        String sql = action[0].substring(action[0].indexOf("-- The capture objects"));
        this.shop.admin("BEGIN; " + sql + " COMMIT");

        this.shop
                .application("enact.postgres.capture-schema=validate")
                .run(context -> assertThat(
                                GuardedShop.rollback(context, GuardedShop.act(context, "DELETE FROM customer"))
                                        .result())
                        .isEqualTo(RollbackResult.ROLLED_BACK));
    }

    @Test
    void aTableThatCameLaterIsTheOnlyOneNamed() throws Exception {
        this.shop.application().run(context -> assertThat(context).hasNotFailed());
        this.shop.admin("CREATE TABLE invoice (id int PRIMARY KEY)");

        this.shop
                .application("enact.postgres.capture-schema=validate")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("Changes of public.invoice in")
                        .hasMessageNotContaining("customer"));
    }

    @Test
    void aRoleThatMayNotInstallIsToldWhy() throws Exception {
        String app = this.shop.role("app");
        GuardedShop.server("CREATE ROLE " + app + " LOGIN PASSWORD '" + app + "'");
        this.shop.admin("GRANT CREATE ON DATABASE " + this.shop.name + " TO " + app);

        this.shop
                .application("test.role=" + app)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(EnactStartupException.class, failure -> {
                            assertThat(failure.getDescription())
                                    .contains("nothing was changed: permission denied for table");
                            assertThat(failure.getAction()).contains("owns the protected tables");
                        }));

        this.shop.admin("REVOKE ALL ON DATABASE " + this.shop.name + " FROM " + app);
    }
}

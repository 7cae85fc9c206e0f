package cloud.enact.policy.builtin.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.policy.Effect;
import cloud.enact.policy.PolicyConfigurationException;
import cloud.enact.policy.PolicySet;
import cloud.enact.policy.Requests;
import cloud.enact.policy.Verdict;
import cloud.enact.policy.catalogue.Catalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code db.max-rows}. */
class MaxRowsTests {

    private static final ActionRequest REQUEST = Requests.request("db.x");

    @Test
    void whatNobodyMeasuredIsNotItsBusiness() {
        assertThat(judge(Map.of("max", 0), REQUEST).effect()).isEqualTo(Effect.ABSTAIN);
    }

    @Test
    void asManyAsAllowedPassAndOneMoreDoesNot() {
        assertThat(judge(Map.of("max", 7), changing(Map.of("a.x", 3L, "a.y", 4L)))
                        .effect())
                .isEqualTo(Effect.PASS);
        assertThat(judge(Map.of("max", "6"), changing(Map.of("a.x", 3L, "a.y", 4L)))
                        .reason())
                .contains("7 rows would be changed, and 6 are allowed");
        assertThat(judge(Map.of("max", 0), changing(Map.of())).effect()).isEqualTo(Effect.PASS);
    }

    @Test
    void tablesAreNamedWithTheirSchemaOrInAny() {
        Map<String, Object> two = Map.of("max", 2, "tables", List.of("Orders", "crm.users"));

        assertThat(judge(two, changing(Map.of("shop.orders", 3L))).effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(two, changing(Map.of("SHOP.ORDERS", 3L))).effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(two, changing(Map.of("crm.users", 3L))).effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(two, changing(Map.of("shop.orders", 1L, "crm.users", 2L)))
                        .effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(two, changing(Map.of("shop.users", 3L, "shop.reorders", 3L)))
                        .effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void rowsNobodyCouldCountAreTooMany() {
        ActionRequest request = REQUEST.with(new ActionEffect(Map.of(), List.of("shop.orders")));

        assertThat(judge(Map.of("max", 1000), request).effect()).isEqualTo(Effect.BLOCK);
        assertThat(judge(Map.of("max", 1000, "tables", "orders"), request).effect())
                .isEqualTo(Effect.BLOCK);
        assertThat(judge(Map.of("max", 1000, "tables", "customers"), request).effect())
                .isEqualTo(Effect.PASS);
    }

    @Test
    void aLimitThatIsNoneStopsTheApplication() {
        for (Object max : List.of("", "many", -1, 1.5, "99999999999999999999", List.of(1))) {
            assertThatExceptionOfType(PolicyConfigurationException.class)
                    .isThrownBy(() -> Catalogue.set("db.max-rows", Map.of("max", max)))
                    .withMessageContaining("'max'");
        }
        Map<String, @Nullable Object> none = new HashMap<>();
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("db.max-rows", none))
                .withMessageContaining("'max'");
        assertThatExceptionOfType(PolicyConfigurationException.class)
                .isThrownBy(() -> Catalogue.set("db.max-rows", Map.of("max", 1, "tables", List.of())))
                .withMessageContaining("'tables'");
    }

    private static ActionRequest changing(Map<String, Long> tables) {
        return REQUEST.with(new ActionEffect(tables, List.of()));
    }

    private static Verdict judge(Map<String, Object> with, ActionRequest request) {
        PolicySet set = Catalogue.set("db.max-rows", with);
        return Catalogue.judge(set, request);
    }
}

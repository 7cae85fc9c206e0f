package cloud.enact.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionEffectTests {

    @Test
    void moreRowsThanANumberHoldsAreTheMostThereAre() {
        Map<String, Long> tables = Map.of("a", Long.MAX_VALUE, "b", Long.MAX_VALUE, "c", 2L);

        assertThat(new ActionEffect(tables, List.of()).rows()).isEqualTo(Long.MAX_VALUE);
        assertThat(new ActionEffect(Map.of("a", 1L, "b", 2L), List.of()).rows()).isEqualTo(3);
    }
}

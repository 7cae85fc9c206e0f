package cloud.enact.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.ReceiptFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollbackResultTests {

    @ParameterizedTest
    @EnumSource
    void receiptsWithItCanBeLookedFor(RollbackResult result) {
        assertThat(ReceiptFilter.builder().decision(result.name()).build().decision())
                .isEqualTo(result.name());
    }
}

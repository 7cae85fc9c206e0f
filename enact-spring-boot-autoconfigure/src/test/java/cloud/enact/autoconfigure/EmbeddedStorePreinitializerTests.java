package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Tests of {@link EmbeddedStorePreinitializer}. */
class EmbeddedStorePreinitializerTests {

    @Test
    void anyApplicationRunsItWhileItStarts() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
                .hasAtLeastOneElementOfType(EmbeddedStorePreinitializer.class);
    }

    @Test
    void theLibraryIsLoadedAsOftenAsOneLikes() {
        EmbeddedStorePreinitializer preinitializer = new EmbeddedStorePreinitializer();

        assertThatNoException().isThrownBy(preinitializer::preinitialize);
        assertThatNoException().isThrownBy(preinitializer::preinitialize);
    }
}

package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Tests of {@link EnactPreinitializer}. */
class EnactPreinitializerTests {

    @Test
    void anyApplicationRunsItWhileItStarts() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
                .hasAtLeastOneElementOfType(EnactPreinitializer.class);
    }

    @Test
    void itCanBeRunAsOftenAsOneLikes() {
        EnactPreinitializer preinitializer = new EnactPreinitializer();

        assertThatNoException().isThrownBy(preinitializer::preinitialize);
        assertThatNoException().isThrownBy(preinitializer::preinitialize);
    }
}

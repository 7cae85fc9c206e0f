package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.gate.EnactStartupException;
import com.samskivert.mustache.Mustache;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.security.web.SecurityFilterChain;

/** A console without the libraries it takes. */
class ConsoleLibrariesTests {

    private static ConsoleAccess access(Class<?> missing, Map<String, String> properties) {
        EnactProperties bound =
                new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("enact", EnactProperties.class);
        return new ConsoleAccess(bound, new FilteredClassLoader(missing));
    }

    @Test
    void anApplicationThatCannotMakePagesSaysWhatToAdd() {
        assertThatExceptionOfType(EnactStartupException.class)
                .isThrownBy(() -> access(Mustache.class, Map.of()).settings())
                .satisfies(ex -> assertThat(ex.getAction()).contains("com.samskivert:jmustache"));
    }

    @Test
    void rolesThatNobodyCanHaveAreRefused() {
        assertThatExceptionOfType(EnactStartupException.class)
                .isThrownBy(() -> access(SecurityFilterChain.class, Map.of("enact.console.roles", "ops"))
                        .settings())
                .satisfies(ex -> assertThat(ex.getAction()).contains("Add Spring Security"));
        assertThat(access(SecurityFilterChain.class, Map.of()).settings().roles())
                .isEmpty();
    }
}

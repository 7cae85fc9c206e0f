package cloud.enact.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.gate.EnactStartupException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** A guard that a coding agent asks needs a door, which a reactive application does not have. */
class ReactiveHookTests {

    private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ours()))
            .withPropertyValues(
                    "enact.receipts.store=memory",
                    "enact.undo.directory=target/reactive-hooks/undo",
                    "enact.signing.secret=a-secret-for-tests-that-is-long-enough");

    @Test
    void aReactiveApplicationThatIsToAnswerHooksDoesNotStart() {
        this.runner
                .withPropertyValues(
                        "enact.hooks.claude-code.enabled=true",
                        "enact.hooks.claude-code.installations[0].id=ana",
                        "enact.hooks.claude-code.installations[0].token=a-token-that-is-long-enough")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(EnactStartupException.class, ex -> {
                            assertThat(ex.getDescription()).contains("enact.hooks", "reactive");
                            assertThat(ex.getAction()).contains("spring.main.web-application-type=servlet");
                        }));
    }

    @Test
    void withoutHooksItStarts() {
        this.runner.run(context -> assertThat(context).hasNotFailed());
        this.runner
                .withPropertyValues("enact.hooks.claude-code.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static Class<?>[] ours() {
        ImportCandidates all = ImportCandidates.load(AutoConfiguration.class, ReactiveHookTests.class.getClassLoader());
        return StreamSupport.stream(all.spliterator(), false)
                .filter(name -> name.startsWith("cloud.enact."))
                .map(name -> ClassUtils.resolveClassName(name, ReactiveHookTests.class.getClassLoader()))
                .toArray(Class<?>[]::new);
    }
}

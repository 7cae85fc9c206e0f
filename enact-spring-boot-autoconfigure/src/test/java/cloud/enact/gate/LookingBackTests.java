package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Policies that count what happened before, as an application has them. */
class LookingBackTests {

    @TempDir
    Path directory;

    @Test
    void secondMailToTheSamePersonIsBlockedAlsoAfterARestart() {
        ApplicationContextRunner application = GateHarness.application(this.directory)
                .withPropertyValues(
                        "enact.receipts.store=embedded", "enact.receipts.file=" + this.directory.resolve("enact.db"))
                .withBean(Mailer.class);

        application.run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            mailer.send("Ann <ann@x.example>", "first");

            assertBlocked(() -> mailer.send("ANN@x.example", "second"));
            assertThatNoException().isThrownBy(() -> mailer.send("bob@x.example", "first"));
            assertThat(mailer.sent()).containsExactly("first", "first");
        });

        application.run(context -> {
            Mailer mailer = context.getBean(Mailer.class);

            assertBlocked(() -> mailer.send("ann@x.example", "third"));
            assertBlocked(() -> mailer.send("bob@x.example", "third"));
            assertThat(mailer.sent()).isEmpty();
        });
    }

    @Test
    void mailThatWasBlockedOrFailedMayBeTriedAgain() {
        GateHarness.application(this.directory).withBean(Mailer.class).run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> mailer.send("ann@x.example", "fails"));
            assertBlocked(() -> mailer.send("ann@x.example, bob@x.example", "too many"));

            assertThatNoException().isThrownBy(() -> mailer.send("ann@x.example", "works"));
            assertThat(mailer.sent()).containsExactly("works");
        });
    }

    private static void assertBlocked(Runnable call) {
        assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(call::run);
    }

    static class Mailer {

        private final List<String> sent = new ArrayList<>();

        @EnactAction("mailer.send")
        @Policy("email.no-repeat-emails")
        @Policy("email.no-mass-emails")
        public void send(String to, String text) {
            if (text.equals("fails")) {
                throw new IllegalStateException("no route to host");
            }
            this.sent.add(text);
        }

        public List<String> sent() {
            return this.sent;
        }
    }
}

package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.Actor;
import cloud.enact.policy.builtin.crm.ContactLookup;
import cloud.enact.receipt.FreezeSwitch;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    void ofMailsToOnePersonThatAreJudgedTogetherOneGoesOut() {
        int mails = 8;
        GateHarness.application(this.directory).withBean(Mailer.class).run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            CyclicBarrier start = new CyclicBarrier(mails);
            ExecutorService threads = Executors.newFixedThreadPool(mails);
            List<Callable<Void>> calls = Collections.nCopies(mails, () -> {
                start.await();
                mailer.send("ann@x.example", "hello");
                return null;
            });

            threads.invokeAll(calls);
            threads.shutdown();

            assertThat(mailer.sent()).containsExactly("hello");
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

    @Test
    void freezeIsSharedThroughTheStoreAndOutlivesTheProcess() {
        ApplicationContextRunner application = GateHarness.application(this.directory)
                .withPropertyValues(
                        "enact.receipts.store=embedded",
                        "enact.receipts.file=" + this.directory.resolve("enact.db"),
                        "enact.policies[0].policy=time.code-freeze-active")
                .withBean(Mailer.class);

        application.run(context -> {
            context.getBean(Mailer.class).send("ann@x.example", "first");
            application.run(other -> other.getBean(FreezeSwitch.class).set(true, Actor.of("ops"), "release"));
        });

        application.run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            assertBlocked(() -> mailer.send("bob@x.example", "frozen"));

            context.getBean(FreezeSwitch.class).set(false, Actor.of("ops"), null);

            assertThatNoException().isThrownBy(() -> mailer.send("bob@x.example", "later"));
        });
    }

    @Test
    void contactsAreLookedUpByABean() {
        ApplicationContextRunner application = GateHarness.application(this.directory)
                .withPropertyValues("enact.policies[0].policy=crm.dont-duplicate-contacts")
                .withBean(Crm.class);

        application.withBean(ContactLookup.class, () -> "ann@x.example"::equals).run(context -> {
            Crm crm = context.getBean(Crm.class);
            assertBlocked(() -> crm.createContact("Ann@x.example"));
            assertThatNoException().isThrownBy(() -> crm.createContact("bob@x.example"));
        });
        application.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("crm.dont-duplicate-contacts")
                .hasMessageContaining("nobody to ask"));
    }

    private static void assertBlocked(Runnable call) {
        assertThatExceptionOfType(ActionBlockedException.class).isThrownBy(call::run);
    }

    static class Crm {

        @EnactAction("crm.create_contact")
        public void createContact(String email) {}
    }

    static class Mailer {

        private final List<String> sent = new CopyOnWriteArrayList<>();

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

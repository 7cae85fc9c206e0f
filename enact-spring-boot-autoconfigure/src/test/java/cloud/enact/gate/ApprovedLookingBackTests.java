package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalState;
import cloud.enact.autoconfigure.EnactApprovalAutoConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Calls that people approve and whose policies count what happened before. */
class ApprovedLookingBackTests {

    @TempDir
    Path directory;

    @Test
    void lookAtWhatAnApprovedCallWouldChangeHoldsNobodyUp() {
        application().run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            UUID ticket = asked(mailer, "ann@x.example");
            context.getBean(ApprovalService.class).answer(ticket, Refunds.BOSS, true, null);
            // somebody else's call is judged whenever this one is looked at
            mailer.whenLooked(to -> {
                if (to.equals("ann@x.example")) {
                    CompletableFuture.runAsync(() -> mailer.remind(mailer.looks() + "@x.example"))
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join();
                }
            });

            mailer.send("ann@x.example");

            assertThat(mailer.sent()).contains("ann@x.example").hasSizeGreaterThan(1);
        });
    }

    @Test
    void approvedMailIsNotSentTwiceWhateverIsApprovedAtTheSameTime() {
        application().run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            ApprovalService approvals = context.getBean(ApprovalService.class);
            List<String> addresses = List.of("ann@x.example", "ANN@x.example", "Ann@X.example", "anN@x.Example");
            for (String address : addresses) {
                approvals.answer(asked(mailer, address), Refunds.BOSS, true, null);
            }
            CyclicBarrier start = new CyclicBarrier(addresses.size());
            ExecutorService threads = Executors.newFixedThreadPool(addresses.size());
            try {
                for (Future<Object> call : threads.invokeAll(addresses.stream()
                        .map(address -> Executors.callable(() -> {
                            await(start);
                            send(mailer, address);
                        }))
                        .toList())) {
                    call.get();
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(mailer.sent()).hasSize(1);
            assertThat(approvals.findNewest(null, 10))
                    .as("an approval is not used for a call that is blocked")
                    .filteredOn(request -> request.state() == ApprovalState.USED)
                    .hasSize(1);
        });
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void send(Mailer mailer, String to) {
        try {
            mailer.send(to);
        } catch (ActionBlockedException ex) {
            // one of them goes out
        }
    }

    private static UUID asked(Mailer mailer, String to) {
        UUID[] ticket = new UUID[1];
        assertThatExceptionOfType(ApprovalRequiredException.class)
                .isThrownBy(() -> mailer.send(to))
                .satisfies(error -> ticket[0] = error.getTicket());
        return ticket[0];
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory)
                .withConfiguration(AutoConfigurations.of(EnactApprovalAutoConfiguration.class))
                .withBean(Mailer.class)
                .withPropertyValues("enact.approval.enabled=true", "enact.actor.id=ann@example.com");
    }

    static class Mailer {

        private final List<String> sent = new CopyOnWriteArrayList<>();

        private final List<String> looks = new CopyOnWriteArrayList<>();

        private volatile Consumer<String> looked = to -> {};

        @EnactAction(value = "mailer.send", capture = "look", undo = "takeBack")
        @Policy("email.no-repeat-emails")
        @Policy(ask = "true", reason = "A person looks at each mail")
        public void send(String to) {
            this.sent.add(to);
        }

        @EnactAction("mailer.remind")
        @Policy("email.no-repeat-emails")
        public void remind(String to) {
            this.sent.add(to);
        }

        public String look(String to) {
            this.looks.add(to);
            this.looked.accept(to);
            return to;
        }

        public void takeBack(String to) {
            this.sent.remove(to);
        }

        public int looks() {
            return this.looks.size();
        }

        public List<String> sent() {
            return this.sent;
        }

        public void whenLooked(Consumer<String> reaction) {
            this.looked = reaction;
        }
    }
}

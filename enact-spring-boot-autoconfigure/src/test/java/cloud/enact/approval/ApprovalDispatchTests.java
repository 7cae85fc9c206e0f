package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalDispatchTests {

    private final SampleApprovals samples = new SampleApprovals();

    private final BlockingQueue<ApprovalMessage> sent = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

    private @Nullable ApprovalDispatch dispatch;

    @AfterEach
    void close() {
        if (this.dispatch != null) {
            this.dispatch.close();
        }
    }

    private interface Sending {

        void send(ApprovalMessage message) throws Exception;
    }

    private static ApprovalChannel channel(String name, Set<String> approvers, Sending sending) {
        return new ApprovalChannel() {

            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> approvers(ApprovalRequest request) {
                return approvers;
            }

            @Override
            public void send(ApprovalMessage message) throws Exception {
                sending.send(message);
            }
        };
    }

    private ApprovalDispatch dispatch(ApprovalChannel... channels) {
        ApprovalLinkAddress links = new ApprovalLinkAddress(
                new ApprovalLinks(new TestSeal(), Clock.systemUTC()),
                URI.create("https://agents.enact.example"),
                "/links/");
        ApprovalDispatch made = new ApprovalDispatch(
                List.of(channels),
                links,
                (request, sentence) -> this.notes.add(request + ": " + sentence),
                List.of(Duration.ZERO, Duration.ZERO));
        this.dispatch = made;
        return made;
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void eachPersonGetsAMessageWithLinksOfTheirOwn() throws Exception {
        ApprovalRequest request = this.samples.request("call");

        dispatch(channel("email", Set.of("ann@enact.example", "bob@enact.example"), this.sent::add))
                .requested(request);

        Map<String, ApprovalMessage> byPerson = new LinkedHashMap<>();
        for (int i = 0; i < 2; i++) {
            ApprovalMessage message = next(this.sent);
            byPerson.put(message.approver(), message);
        }
        assertThat(byPerson).containsOnlyKeys("ann@enact.example", "bob@enact.example");
        assertThat(byPerson.values())
                .flatExtracting(ApprovalMessage::approve, ApprovalMessage::deny)
                .doesNotHaveDuplicates()
                .allSatisfy(link -> assertThat(String.valueOf(link)).startsWith("https://agents.enact.example/links/"));
    }

    @Test
    void aBrokenChannelIsTriedAgainAndNotedAndHoldsNoOtherUp() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        ApprovalRequest request = this.samples.request("call");

        dispatch(
                        channel("email", Set.of("ann@enact.example"), message -> {
                            tries.incrementAndGet();
                            throw new IOException("no route to " + message.approve());
                        }),
                        channel("slack", Set.of("C1"), this.sent::add))
                .requested(request);

        assertThat(next(this.sent).approver()).isEqualTo("C1");
        assertThat(next(this.notes))
                .isEqualTo(request.id() + ": Channel email could not tell ann@enact.example (IOException).");
        assertThat(tries).hasValue(3);
    }

    @Test
    void aChannelThatRecoversHasToldThePerson() throws Exception {
        AtomicInteger tries = new AtomicInteger();

        dispatch(channel("email", Set.of("ann@enact.example"), message -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IOException("busy");
                    }
                    this.sent.add(message);
                }))
                .requested(this.samples.request("call"));

        assertThat(next(this.sent).approver()).isEqualTo("ann@enact.example");
        assertThat(this.notes).isEmpty();
    }

    @Test
    void aChannelThatDoesNotEvenKnowWhomToTellIsNoted() throws Exception {
        ApprovalChannel broken = new ApprovalChannel() {

            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Set<String> approvers(ApprovalRequest request) {
                throw new IllegalStateException("a secret");
            }

            @Override
            public void send(ApprovalMessage message) {
                throw new IllegalStateException("a secret");
            }
        };

        dispatch(broken, channel("slack", Set.of("C1"), this.sent::add)).requested(this.samples.request("call"));

        assertThat(next(this.sent).approver()).isEqualTo("C1");
        assertThat(next(this.notes)).endsWith("Channel broken could not tell anybody (IllegalStateException).");
    }

    @Test
    void theCallerWaitsForNoChannelAndWhatWaitsIsBounded() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        ApprovalDispatch dispatch = dispatch(channel("slow", Set.of("ann@enact.example"), message -> {
            gate.await();
            told.incrementAndGet();
        }));

        for (int i = 0; i < 1500; i++) {
            dispatch.requested(this.samples.request("call"));
        }
        gate.countDown();
        dispatch.close();

        assertThat(told.get()).isBetween(1, 1001);
    }

    @Test
    void aChannelThatNeverAnswersHoldsNoOtherUp() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ApprovalDispatch dispatch = dispatch(
                channel("slow", Set.of("ann@enact.example"), message -> gate.await()),
                channel("slack", Set.of("C1"), this.sent::add));

        dispatch.requested(this.samples.request("one"));
        dispatch.requested(this.samples.request("two"));

        assertThat(next(this.sent).approver()).isEqualTo("C1");
        assertThat(next(this.sent).approver()).isEqualTo("C1");
        gate.countDown();
    }

    @Test
    void afterTheEndNothingIsThrownAtWhoeverAsks() {
        ApprovalDispatch dispatch = dispatch(channel("email", Set.of("ann@enact.example"), this.sent::add));
        dispatch.close();

        assertThatCode(() -> dispatch.requested(this.samples.request("call"))).doesNotThrowAnyException();
        assertThat(this.sent).isEmpty();
    }

    @Test
    void withoutAPageMessagesHaveNoLinks() throws Exception {
        this.dispatch = new ApprovalDispatch(
                List.of(channel("email", Set.of("ann@enact.example"), this.sent::add)),
                null,
                (request, sentence) -> this.notes.add(sentence));
        this.dispatch.requested(this.samples.request("call"));

        ApprovalMessage message = next(this.sent);
        assertThat(message.approve()).isNull();
        assertThat(ApprovalText.body(message)).doesNotContain("Approve:", "https");
        assertThat(message.request().id()).isInstanceOf(UUID.class);
    }
}

package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import cloud.enact.TestClock;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalDeskTests {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final TestClock clock = new TestClock(NOON);

    private final IdGenerator ids = IdGenerator.uuidV7(this.clock);

    private final ApprovalStore store = ApprovalStore.inMemory();

    private final SmallRecord told = new SmallRecord();

    private final ApprovalDesk desk = desk(this.store);

    @Test
    void aLongReasonIsNotCutInsideACharacter() {
        ApprovalRequest request = asked(terms(1));
        String begins = "x".repeat(ApprovalAnswer.MAX_REASON - 1);

        ApprovalRequest denied = this.desk.answer(request.id(), person("bob"), false, begins + "\uD83D\uDE00");

        assertThat(denied.answers().get(0).reason()).isEqualTo(begins + "…");
    }

    @Test
    void oneYesApprovesAndItIsUsedOnce() {
        ApprovalRequest request = asked(terms(1));

        ApprovalRequest approved = this.desk.answer(request.id(), person("bob"), true, " fine ");

        assertThat(approved.state()).isEqualTo(ApprovalState.APPROVED);
        assertThat(approved.answers())
                .singleElement()
                .isEqualTo(new ApprovalAnswer(true, "bob", "console", "fine", NOON));
        assertThat(this.desk.standing(terms(1))).contains(approved);
        assertThat(this.desk.use(approved)).isTrue();
        assertThat(this.desk.use(approved)).isFalse();
        assertThat(this.desk.standing(terms(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com",
                "ANN@Example.COM",
                " ann@example.com ",
                "ａnn@example.com",
                "ann\u200b@example.com",
                "\ufeffann@example.com",
                "ann@exam\u00adple.com",
                "ann@example.com\u0000",
                "boss@example.com",
                "Agent-7"
            })
    void whoeverAsksUnderAnyNameCanNeitherApproveNorDeny(String name) {
        ApprovalRequest request = asked(terms(1));

        refused(request, person(name), true, "Whoever asks for something can't approve");
        refused(request, person(name), false, "Whoever asks for something can't approve");

        assertThat(this.told.events()).containsExactly("requested");
        assertThat(this.desk.standing(terms(1))).contains(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ann", "Ann", "ann@example.com", "a.smith@example.org", "a.smith", "U024BE7LH", "u024be7lh"})
    void whoeverAsksUnderOneNameDoesNotAnswerUnderAnother(String name) {
        ApprovalDesk knowing = ApprovalDesk.of(
                this.store,
                this.told,
                List.of(),
                new ApprovalAliases(Map.of("ANN@example.com", Set.of("a.smith@example.org", "U024BE7LH"))),
                this.ids,
                this.clock);
        ApprovalRequest request = asked(terms(1));

        assertThatExceptionOfType(ApprovalRefusedException.class)
                .isThrownBy(() -> knowing.answer(request.id(), person(name), true, null))
                .withMessageContaining("Whoever asks");
        assertThat(knowing.answer(request.id(), person("joann@example.com"), true, null)
                        .state())
                .isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void onePersonUnderTwoNamesIsNoQuorum() {
        ApprovalDesk knowing = ApprovalDesk.of(
                this.store,
                this.told,
                List.of(),
                new ApprovalAliases(Map.of("bob", Set.of("robert@example.com"))),
                this.ids,
                this.clock);
        ApprovalRequest request = asked(terms(2));
        knowing.answer(request.id(), person("Robert@example.com"), true, null);

        for (String name : List.of("bob", "robert", "robert@example.com")) {
            assertThatExceptionOfType(ApprovalRefusedException.class)
                    .as(name)
                    .isThrownBy(() -> knowing.answer(request.id(), person(name), true, null))
                    .withMessageContaining("answered this request already");
        }
        assertThat(knowing.answer(request.id(), person("carol"), true, null).state())
                .isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void aNameIsThatOfOnePerson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApprovalAliases(Map.of("ann", Set.of("boss"), "bob", Set.of("BOSS"))))
                .withMessageContaining("two people");
    }

    @Test
    void callThatNobodyCouldReadIsNotAskedAbout() {
        AskedCall small = call();
        AskedCall large = new AskedCall(
                small.runId(),
                small.actionId(),
                small.action(),
                small.requester(),
                null,
                Map.of("note", "ä".repeat(RequestSize.MOST / 2)),
                small.asks(),
                null,
                small.reversibility());

        assertThatExceptionOfType(TooLargeToAskException.class)
                .isThrownBy(() -> this.desk.open(large, terms(1)))
                .withMessageContaining("at most 256 KB");
        assertThat(this.store.findNewest(null, 1)).isEmpty();
    }

    @Test
    void quorumTakesDifferentPeople() {
        ApprovalRequest request = asked(terms(2));

        ApprovalRequest first = this.desk.answer(request.id(), person("bob@example.com"), true, null);

        assertThat(first.state()).isEqualTo(ApprovalState.PENDING);
        assertThat(this.desk.use(first)).isFalse();
        refused(request, person("BOB@example.com"), true, "answered this request already");
        refused(request, person("bob@example.com\u2060"), true, "answered this request already");
        assertThat(this.desk.answer(request.id(), person("carol"), true, null).state())
                .isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void oneNoOfManyDenies() {
        ApprovalRequest request = asked(terms(2));
        this.desk.answer(request.id(), person("bob"), true, null);

        ApprovalRequest denied = this.desk.answer(request.id(), person("carol"), false, "no");

        assertThat(denied.state()).isEqualTo(ApprovalState.DENIED);
        assertThat(this.desk.use(denied)).isFalse();
        refused(request, person("dave"), true, "denied already");
        assertThat(this.desk.standing(terms(1))).contains(denied);
    }

    @Test
    void onlyPeopleOfTheGroupsCanAnswer() {
        ApprovalRequest request =
                asked(new ApprovalTerms("call", "as is", NOON.plusSeconds(3600), 1, Set.of("finance", "legal")));

        refused(request, person("bob"), true, "Only certain groups");
        refused(request, new Approver("bob", Set.of("sales"), "console"), false, "Only certain groups");
        assertThat(this.desk
                        .answer(request.id(), new Approver("bob", Set.of("legal"), "console"), true, null)
                        .state())
                .isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void silenceIsANoThatIsOnRecordOnce() {
        ApprovalRequest request = asked(terms(1));
        this.clock.set(NOON.plusSeconds(3600));

        assertThat(this.desk.expire()).isEqualTo(1);
        assertThat(this.desk.expire()).isZero();

        refused(request, person("bob"), true, "has expired");
        assertThat(this.told.events()).containsExactly("requested", "EXPIRED");
        assertThat(this.desk.standing(terms(1)))
                .as("whoever repeats the call learns of it")
                .hasValueSatisfying(ended -> assertThat(ended.state()).isEqualTo(ApprovalState.EXPIRED));
        this.clock.set(NOON.plusSeconds(3600 + 15 * 60));
        assertThat(this.desk.standing(terms(1)))
                .as("a quarter of an hour later")
                .isEmpty();
    }

    @Test
    void answerAtTheMomentOfTheEndComesTooLate() {
        ApprovalRequest request = asked(terms(1));
        this.clock.set(NOON.plusSeconds(3600));

        refused(request, person("bob"), true, "has expired");

        assertThat(this.told.events()).containsExactly("requested", "EXPIRED");
    }

    @Test
    void approvalThatIsNotUsedInTimeIsGoodForNothing() {
        ApprovalRequest request = asked(terms(1));
        ApprovalRequest approved = this.desk.answer(request.id(), person("bob"), true, null);
        this.clock.set(NOON.plusSeconds(3600));

        assertThat(this.desk.use(approved)).isFalse();
        assertThat(this.desk.standing(terms(1))).isEmpty();
        assertThat(this.desk.find(request.id()).orElseThrow().state()).isEqualTo(ApprovalState.EXPIRED);
    }

    @Test
    void clockThatWentBackMakesNoApprovalLastLonger() {
        ApprovalRequest request = asked(terms(1));
        ApprovalRequest approved = this.desk.answer(request.id(), person("bob"), true, null);
        this.clock.set(NOON.minus(Duration.ofHours(5)));

        assertThat(this.desk.use(approved)).isFalse();
        assertThat(this.desk.standing(terms(1))).isEmpty();
    }

    @Test
    void clocksOfTwoMachinesMayDifferALittle() {
        ApprovalRequest request = asked(terms(1));
        this.clock.set(NOON.minusSeconds(60));

        ApprovalRequest approved = this.desk.answer(request.id(), person("bob"), true, null);

        assertThat(this.desk.use(approved)).isTrue();
    }

    @Test
    void otherCircumstancesMakeARequestVoid() {
        ApprovalRequest request = asked(terms(1));
        this.desk.answer(request.id(), person("bob"), true, null);

        Optional<ApprovalRequest> standing =
                this.desk.standing(new ApprovalTerms("call", "more rows", NOON.plusSeconds(3600), 1, Set.of()));

        assertThat(standing).isEmpty();
        assertThat(this.desk.find(request.id()).orElseThrow().state()).isEqualTo(ApprovalState.VOID);
        assertThat(this.told.events()).containsExactly("requested", "bob true", "VOID");
        refused(request, person("carol"), true, "has changed");
    }

    @Test
    void answerThatCantBePutOnRecordDoesNotCount() {
        ApprovalRequest request = asked(terms(1));
        this.told.fail(true);

        assertThatIllegalStateException().isThrownBy(() -> this.desk.answer(request.id(), person("bob"), true, null));

        this.told.fail(false);
        ApprovalRequest pending = this.desk.find(request.id()).orElseThrow();
        assertThat(pending.state()).isEqualTo(ApprovalState.PENDING);
        assertThat(pending.answers()).isEmpty();
        this.clock.set(NOON.plusSeconds(61));
        assertThat(this.desk.answer(request.id(), person("bob"), true, null).state())
                .isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void requestThatCantBePutOnRecordIsVoid() {
        this.told.fail(true);
        ApprovalRequest opened = this.desk.open(call(), terms(1));

        assertThatIllegalStateException().isThrownBy(() -> this.desk.announce(opened));

        this.told.fail(false);
        assertThat(this.desk.find(opened.id()).orElseThrow().state()).isEqualTo(ApprovalState.VOID);
        refused(opened, person("bob"), true, "is void");
    }

    @Test
    void requestThatNobodyWasToldOfCanBeAnnouncedByWhoeverRepeatsTheCall() {
        ApprovalRequest opened = this.desk.open(call(), terms(1));
        assertThat(this.desk.isForgotten(opened)).as("just now").isFalse();
        this.clock.set(NOON.plusSeconds(61));

        ApprovalRequest found = this.desk.standing(terms(1)).orElseThrow();
        assertThat(this.desk.isForgotten(found)).isTrue();
        this.desk.announce(found);

        assertThat(this.told.events()).containsExactly("requested");
        assertThat(this.desk.isForgotten(this.desk.standing(terms(1)).orElseThrow()))
                .isFalse();
    }

    @Test
    void ofAYesAndANoAtTheSameTimeOneIsOnRecordAndCounts() throws Exception {
        // two processes that share a store
        ApprovalDesk other = desk(this.store);
        for (int round = 0; round < 10; round++) {
            ApprovalTerms terms = new ApprovalTerms("call " + round, "as is", NOON.plusSeconds(3600), 1, Set.of());
            ApprovalRequest request = this.desk.open(call(), terms);
            List<Object> outcomes = atTheSameTime(
                    () -> this.desk.answer(request.id(), person("bob"), true, null),
                    () -> other.answer(request.id(), person("carol"), false, null));

            ApprovalRequest end = this.store.find(request.id()).orElseThrow();
            assertThat(end.answers()).hasSize(1);
            assertThat(end.state())
                    .isEqualTo(end.answers().get(0).approved() ? ApprovalState.APPROVED : ApprovalState.DENIED);
            assertThat(outcomes).filteredOn(ApprovalRequest.class::isInstance).containsExactly(end);
            assertThat(outcomes)
                    .filteredOn(ApprovalRefusedException.class::isInstance)
                    .hasSize(1);
            assertThat(this.told.events()).hasSize(round + 1);
        }
    }

    @Test
    void ofManyThatUseAnApprovalOneGetsIt() throws Exception {
        ApprovalDesk other = desk(this.store);
        ApprovalRequest approved = this.desk.answer(asked(terms(1)).id(), person("bob"), true, null);

        List<Object> used = atTheSameTime(() -> this.desk.use(approved), () -> other.use(approved));

        assertThat(used).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void whoWaitsIsWokenByTheAnswer() throws Exception {
        ApprovalRequest request = asked(terms(1));

        List<Object> both = atTheSameTime(
                () -> this.desk.await(request, Duration.ofMinutes(1)).state(),
                () -> this.desk.answer(request.id(), person("bob"), true, null).state());

        assertThat(both).containsExactly(ApprovalState.APPROVED, ApprovalState.APPROVED);
    }

    @Test
    void nobodyFloodsPeopleWithQuestions() {
        for (int i = 0; i < OpenLimits.DEFAULTS.ofOneRequester(); i++) {
            this.desk.open(call(), new ApprovalTerms("call " + i, "as is", NOON.plusSeconds(3600), 1, Set.of()));
        }

        assertThatExceptionOfType(TooManyApprovalsException.class)
                .isThrownBy(() -> this.desk.open(call(), terms(1)))
                .withMessageContaining("50 calls of the same requester");
        assertThat(this.desk.open(call("somebody else"), terms(1)).state()).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void fewOpenQuestionsAreNotReadForAnotherOne() {
        AtomicInteger pages = new AtomicInteger();
        ApprovalDesk counting = desk(new ForwardingStore(this.store) {
            @Override
            public List<ApprovalRequest> findOpen(@Nullable UUID after, int limit) {
                pages.incrementAndGet();
                return super.findOpen(after, limit);
            }
        });
        for (int i = 0; i < OpenLimits.DEFAULTS.ofOneRequester(); i++) {
            counting.open(call(), new ApprovalTerms("call " + i, "as is", NOON.plusSeconds(3600), 1, Set.of()));
        }

        assertThat(pages).hasValue(0);
        assertThat(counting.open(call("somebody else"), terms(1)).state()).isEqualTo(ApprovalState.PENDING);
        assertThat(pages).hasPositiveValue();
    }

    @Test
    void answerToNothingIsRefused() {
        assertThatExceptionOfType(ApprovalRefusedException.class)
                .isThrownBy(() -> this.desk.answer(this.ids.next(), person("bob"), true, null))
                .withMessageContaining("no such request");
    }

    private void refused(ApprovalRequest request, Approver approver, boolean approved, String why) {
        assertThatExceptionOfType(ApprovalRefusedException.class)
                .isThrownBy(() -> this.desk.answer(request.id(), approver, approved, null))
                .withMessageContaining(why);
    }

    private static List<Object> atTheSameTime(Callable<Object> one, Callable<Object> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Object>> futures = new ArrayList<>();
            for (Callable<Object> work : List.of(one, other)) {
                futures.add(threads.submit(() -> {
                    start.await();
                    try {
                        return work.call();
                    } catch (ApprovalRefusedException ex) {
                        return ex;
                    }
                }));
            }
            return List.of(futures.get(0).get(), futures.get(1).get());
        } finally {
            threads.shutdownNow();
        }
    }

    private ApprovalRequest asked(ApprovalTerms terms) {
        ApprovalRequest opened = this.desk.open(call(), terms);
        this.desk.announce(opened);
        return this.store.find(opened.id()).orElseThrow();
    }

    private ApprovalDesk desk(ApprovalStore store) {
        return ApprovalDesk.of(store, this.told, List.of(), ApprovalAliases.none(), this.ids, this.clock);
    }

    private static ApprovalTerms terms(int approvers) {
        return new ApprovalTerms("call", "as is", NOON.plusSeconds(3600), approvers, Set.of());
    }

    private static Approver person(String id) {
        return new Approver(id, Set.of(), "console");
    }

    private AskedCall call() {
        return call("ann@example.com");
    }

    private AskedCall call(String requester) {
        Actor actor = new Actor(requester, Set.of(), Map.of(), "agent-7", "boss@example.com", "caller");
        return new AskedCall(
                new RunId(this.ids.next()),
                this.ids.next(),
                "billing.refund",
                actor,
                null,
                Map.of(),
                List.of(Verdict.ask("no-big-refunds", "Too much")),
                null,
                Reversibility.IRREVERSIBLE);
    }
}

package cloud.enact.approval;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.TestClock;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.RunId;
import cloud.enact.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests whose process dies, whose store or record fails, or that another process is at, between any two steps. */
class ApprovalCrashPointTests {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    /** More steps than any of it takes. */
    private static final int MOST_STEPS = 20;

    private final TestClock clock = new TestClock(NOON);

    private final IdGenerator ids = IdGenerator.uuidV7(this.clock);

    private ApprovalStore store = ApprovalStore.inMemory();

    private SmallRecord record = new SmallRecord();

    /** What is done, and fails somewhere. */
    enum Work {
        YES,
        NO,
        EXPIRE,
        VOID,
        USE
    }

    /** How it fails. */
    enum Fault {
        /** Nothing of the step happens. */
        BEFORE,
        /** The step happens, and nobody learns of it. */
        AFTER
    }

    static Stream<Arguments> faults() {
        return Stream.of(Work.values())
                .flatMap(work -> Stream.of(Fault.values())
                        .flatMap(fault -> Stream.of(1, 2).map(people -> Arguments.of(work, fault, people))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whereverItFailsStoreAndRecordAgreeInTheEnd(Work work, Fault fault, int people) {
        boolean failed = true;
        for (int step = 0; failed && step < MOST_STEPS; step++) {
            ApprovalRequest request = asked(work, people);
            Steps steps = new Steps(step, fault == Fault.AFTER, () -> {
                throw new Crash();
            });
            try {
                act(desk(steps), work, request);
                failed = false;
            } catch (Crash ex) {
                // that is what is tried here
            }
            requireTruth(request);
            ApprovalRequest later = settled(request, step);
            assertThat(later.change()).as("step %s", step).isNull();
            if (later.state() == ApprovalState.PENDING && work != Work.EXPIRE) {
                assertThat(desk(null)
                                .answer(request.id(), person("dave"), false, null)
                                .state())
                        .isEqualTo(ApprovalState.DENIED);
            }
        }
        assertThat(failed).as("every step was tried").isFalse();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatAnotherProcessDoesMeanwhileCountsOrIsNotOnRecord(Work work, Fault when, int people) {
        boolean interrupted = true;
        for (int step = 0; interrupted && step < MOST_STEPS; step++) {
            ApprovalRequest request = asked(work, people);
            Steps steps = new Steps(step, when == Fault.AFTER, () -> quietly(request, Work.NO, "carol"));
            quietly(desk(steps), request, work, "bob");
            interrupted = steps.reached();

            settled(request, step);
            assertThat(this.record.events().stream().filter(ApprovalCrashPointTests::isEnd))
                    .as("step %s", step)
                    .hasSizeLessThanOrEqualTo(1);
        }
        assertThat(interrupted).as("every step was tried").isFalse();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatTakesLongerThanOthersWaitIsPutRight(Work work, Fault when, int people) {
        boolean interrupted = true;
        for (int step = 0; interrupted && step < MOST_STEPS; step++) {
            ApprovalRequest request = asked(work, people);
            Steps steps = new Steps(step, when == Fault.AFTER, () -> {
                this.clock.pass(Duration.ofSeconds(61));
                quietly(request, Work.NO, "carol");
            });
            quietly(desk(steps), request, work, "bob");
            interrupted = steps.reached();

            ApprovalRequest later = settled(request, step);
            assertThat(this.record.isOver(later))
                    .as("step %s of %s", step, this.record.events())
                    .isEqualTo(later.state().isFinal());
        }
        assertThat(interrupted).as("every step was tried").isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "AFTER"})
    void anEndThatTookTooLongIsTakenBackWhereItDoesNotCount(Fault when) {
        boolean interrupted = true;
        for (int step = 0; interrupted && step < MOST_STEPS; step++) {
            ApprovalRequest request = asked(Work.VOID, 3);
            Steps steps = new Steps(step, when == Fault.AFTER, () -> {
                this.clock.pass(Duration.ofSeconds(61));
                quietly(request, Work.YES, "carol");
            });
            quietly(desk(steps), request, Work.VOID, "bob");
            interrupted = steps.reached();

            ApprovalRequest later = desk(null).find(request.id()).orElseThrow();
            assertThat(this.record.isOver(later))
                    .as("step %s of %s", step, this.record.events())
                    .isEqualTo(later.state().isFinal());
        }
        assertThat(interrupted).as("every step was tried").isFalse();
    }

    private static boolean isEnd(String event) {
        return event.equals("EXPIRED") || event.equals("VOID");
    }

    /** What must hold at any time. */
    private void requireTruth(ApprovalRequest request) {
        ApprovalRequest kept = this.store.find(request.id()).orElseThrow();
        assertThat(this.record.answers()).as("what counts is on record").containsAll(kept.answers());
        if (kept.state() == ApprovalState.APPROVED || kept.state() == ApprovalState.USED) {
            assertThat(kept.answers().stream().filter(ApprovalAnswer::approved))
                    .hasSize(request.terms().approvers());
        }
        if (kept.state() == ApprovalState.EXPIRED || kept.state() == ApprovalState.VOID) {
            assertThat(this.record.events()).contains(kept.state().name());
        }
        if (kept.change() != null) {
            assertThat(desk(null).use(kept)).as("it can't be used").isFalse();
        }
    }

    /** The request as the next process finds it: store and record agree. */
    private ApprovalRequest settled(ApprovalRequest request, int step) {
        ApprovalRequest later = afterAMinute(request);
        requireTruth(request);
        assertThat(later.answers()).as("step %s", step).containsExactlyElementsOf(this.record.answers());
        return later;
    }

    private ApprovalRequest afterAMinute(ApprovalRequest request) {
        this.clock.pass(Duration.ofSeconds(61));
        ApprovalDesk next = desk(null);
        next.expire();
        next.standing(request.terms());
        return next.find(request.id()).orElseThrow();
    }

    private void act(ApprovalDesk desk, Work work, ApprovalRequest request) {
        act(desk, work, request, "bob");
    }

    private void act(ApprovalDesk desk, Work work, ApprovalRequest request, String who) {
        switch (work) {
            case YES -> desk.answer(request.id(), person(who), true, null);
            case NO -> desk.answer(request.id(), person(who), false, null);
            case EXPIRE -> desk.expire();
            case VOID ->
                desk.standing(new ApprovalTerms(
                        request.terms().call(),
                        "other rows",
                        request.terms().expiresAt(),
                        request.terms().approvers(),
                        Set.of()));
            case USE -> desk.use(desk.find(request.id()).orElseThrow());
        }
    }

    private void quietly(ApprovalRequest request, Work work, String who) {
        quietly(desk(null), request, work, who);
    }

    private void quietly(ApprovalDesk desk, ApprovalRequest request, Work work, String who) {
        try {
            act(desk, work, request, who);
        } catch (ApprovalRefusedException ex) {
            assertThat(ex).hasMessageNotContaining("no such request");
        }
    }

    /** A request for which the work can be done; with all but one of the people it takes, or all of them to use it. */
    private ApprovalRequest asked(Work work, int people) {
        this.store = ApprovalStore.inMemory();
        this.record = new SmallRecord();
        this.clock.set(NOON);
        ApprovalTerms terms = new ApprovalTerms("call", "as is", NOON.plus(Duration.ofHours(1)), people, Set.of());
        ApprovalDesk desk = desk(null);
        ApprovalRequest opened = desk.open(call(), terms);
        desk.announce(opened);
        if (people > 1) {
            desk.answer(opened.id(), person("first"), true, null);
        }
        if (work == Work.USE) {
            desk.answer(opened.id(), person("last"), true, null);
        }
        if (work == Work.EXPIRE) {
            this.clock.set(NOON.plus(Duration.ofHours(1)));
        }
        return desk.find(opened.id()).orElseThrow();
    }

    private ApprovalDesk desk(@Nullable Steps steps) {
        return new DefaultApprovalDesk(
                (steps != null) ? new SteppedStore(this.store, steps) : this.store,
                (steps != null) ? new SteppedRecord(this.record, steps) : this.record,
                new AllListeners(List.of()),
                ApprovalAliases.none(),
                this.ids,
                this.clock,
                Duration.ZERO,
                OpenLimits.DEFAULTS);
    }

    private static Approver person(String id) {
        return new Approver(id, Set.of(), "console");
    }

    private AskedCall call() {
        return new AskedCall(
                new RunId(this.ids.next()),
                this.ids.next(),
                "billing.refund",
                new Actor("ann", Set.of(), Map.of(), null, null, "caller"),
                null,
                Map.of(),
                List.of(Verdict.ask("no-big-refunds", "Too much")),
                null,
                Reversibility.IRREVERSIBLE);
    }

    /** The end of a process. */
    private static final class Crash extends Error {

        private static final long serialVersionUID = 1L;
    }

    /** Counts what is done with store and record, and does something else at one of the steps. */
    private static final class Steps {

        private final boolean after;

        private final Runnable disturbance;

        private int left;

        Steps(int step, boolean after, Runnable disturbance) {
            this.left = step;
            this.after = after;
            this.disturbance = disturbance;
        }

        boolean reached() {
            return this.left < 0;
        }

        void before() {
            if (!this.after && this.left-- == 0) {
                this.disturbance.run();
            }
        }

        void after() {
            if (this.after && this.left-- == 0) {
                this.disturbance.run();
            }
        }
    }

    private static final class SteppedStore extends ForwardingStore {

        private final Steps steps;

        SteppedStore(ApprovalStore store, Steps steps) {
            super(store);
            this.steps = steps;
        }

        @Override
        public Optional<ApprovalRequest> find(UUID id) {
            this.steps.before();
            Optional<ApprovalRequest> found = super.find(id);
            this.steps.after();
            return found;
        }

        @Override
        public boolean replace(ApprovalRequest next) {
            this.steps.before();
            boolean replaced = super.replace(next);
            this.steps.after();
            return replaced;
        }
    }

    private static final class SteppedRecord implements ApprovalRecord {

        private final ApprovalRecord record;

        private final Steps steps;

        SteppedRecord(ApprovalRecord record, Steps steps) {
            this.record = record;
            this.steps = steps;
        }

        @Override
        public void requested(ApprovalRequest request) {
            this.record.requested(request);
        }

        @Override
        public void changed(ApprovalRequest request, ApprovalChange change) {
            this.steps.before();
            this.record.changed(request, change);
            this.steps.after();
        }

        @Override
        public void overtaken(ApprovalRequest request, ApprovalChange change) {
            this.record.overtaken(request, change);
        }

        @Override
        public void used(ApprovalRequest request) {
            this.steps.before();
            this.record.used(request);
            this.steps.after();
        }

        @Override
        public boolean holds(ApprovalRequest request, ApprovalChange change) {
            this.steps.before();
            return this.record.holds(request, change);
        }

        @Override
        public boolean isOver(ApprovalRequest request) {
            this.steps.before();
            return this.record.isOver(request);
        }
    }
}

package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.EnactAction;
import cloud.enact.action.ActionEffect;
import cloud.enact.action.ActionRequest;
import cloud.enact.action.Reversibility;
import cloud.enact.approval.ApprovalState;
import cloud.enact.policy.ActionPolicy;
import cloud.enact.policy.Effect;
import cloud.enact.policy.Quorum;
import cloud.enact.policy.Verdict;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Attempts to make an approval good for more than people said. */
class StretchedApprovalTests {

    @TempDir
    Path directory;

    @Test
    void approvalOfOnePersonIsVoidWhenThePolicyWantsTwoByNow() {
        AtomicReference<Quorum> wanted = new AtomicReference<>(new Quorum(1, Set.of()));
        Refunds.application(this.directory)
                .withBean(ActionPolicy.class, () -> new Careful(wanted))
                .run(context -> {
                    UUID ticket = Refunds.ask(context, 7);
                    Refunds.approvals(context).answer(ticket, Refunds.BOSS, true, null);
                    wanted.set(new Quorum(2, Set.of()));

                    UUID second = Refunds.ask(context, 7);

                    assertThat(second).isNotEqualTo(ticket);
                    assertThat(Refunds.request(context, second).terms().approvers())
                            .isEqualTo(2);
                    assertThat(Refunds.request(context, ticket).state()).isEqualTo(ApprovalState.VOID);
                    assertThat(Refunds.of(context).done()).isEmpty();
                });
    }

    @Test
    void approvalOfSomebodyIsVoidWhenThePolicyWantsAGroupByNow() {
        AtomicReference<Quorum> wanted = new AtomicReference<>(new Quorum(1, Set.of()));
        Refunds.application(this.directory)
                .withBean(ActionPolicy.class, () -> new Careful(wanted))
                .run(context -> {
                    UUID ticket = Refunds.ask(context, 7);
                    Refunds.approvals(context).answer(ticket, Refunds.BOSS, true, null);
                    wanted.set(new Quorum(1, Set.of("board")));

                    assertThat(Refunds.ask(context, 7)).isNotEqualTo(ticket);
                    assertThat(Refunds.of(context).done()).isEmpty();
                });
    }

    @Test
    void approvalOfAnActionIsNoneOfAStepOfTheSameNameWithOtherArguments() {
        Refunds.application(this.directory)
                .withBean(Cleaner.class)
                .withPropertyValues(
                        "enact.policies[1].name=look-at-it",
                        "enact.policies[1].on=disk.delete",
                        "enact.policies[1].ask=true",
                        "enact.policies[1].reason=A person looks at what is deleted")
                .run(context -> {
                    Cleaner cleaner = context.getBean(Cleaner.class);
                    UUID ticket = ticket(() -> cleaner.delete("old"));
                    Refunds.approvals(context).answer(ticket, Refunds.BOSS, true, null);

                    UUID inside = ticket(() -> cleaner.delete("old"));

                    assertThat(cleaner.deleted()).containsExactly("old");
                    assertThat(inside).isNotEqualTo(ticket);
                    assertThat(Refunds.request(context, inside).asked().payload())
                            .containsEntry("name", "everything");
                });
    }

    @Test
    void approvalOfAStepIsVoidWhenWhatItChangesIsAnotherAtTheMomentItIsCaptured() {
        disk("enact.policies[1].ask=has(args.name)").run(context -> {
            Disk disk = context.getBean(Disk.class);
            UUID ticket = ticket(() -> disk.wipe());
            Refunds.approvals(context).answer(ticket, Refunds.BOSS, true, null);
            disk.atCapture(() -> disk.write("what nobody was shown"));

            assertThat(ticket(() -> disk.wipe())).isNotEqualTo(ticket);

            assertThat(disk.read()).isEqualTo("what nobody was shown");
        });
    }

    @Test
    void approvalOfAStepWhoseEffectIsKnownLateIsVoidWhenWhatItChangesIsAnother() {
        disk("enact.policies[1].ask=has(args.name) && effect.rows > 10").run(context -> {
            Disk disk = context.getBean(Disk.class);
            disk.atCapture(() -> disk.rows(40));
            UUID ticket = ticket(() -> disk.wipe());
            Refunds.approvals(context).answer(ticket, Refunds.BOSS, true, null);
            disk.rows(1);
            disk.write("what nobody was shown");

            assertThat(ticket(() -> disk.wipe())).isNotEqualTo(ticket);

            assertThat(disk.read()).isEqualTo("what nobody was shown");
        });
    }

    private ApplicationContextRunner disk(String ask) {
        return Refunds.application(this.directory)
                .withBean(Disk.class)
                .withPropertyValues("enact.policies[1].name=look-at-it", "enact.policies[1].on=disk.*", ask);
    }

    private static UUID ticket(Runnable call) {
        AtomicReference<UUID> ticket = new AtomicReference<>();
        assertThatExceptionOfType(ApprovalRequiredException.class)
                .isThrownBy(call::run)
                .satisfies(required -> ticket.set(required.getTicket()));
        return ticket.get();
    }

    private record Careful(AtomicReference<Quorum> wanted) implements ActionPolicy {

        @Override
        public String name() {
            return "careful";
        }

        @Override
        public Verdict judge(ActionRequest request) {
            return new Verdict("careful", Effect.ASK, "Somebody looks", null, this.wanted.get());
        }
    }

    static class Cleaner {

        private final StepExecutor steps;

        private final List<String> deleted = new CopyOnWriteArrayList<>();

        Cleaner(StepExecutor steps) {
            this.steps = steps;
        }

        @EnactAction("disk.delete")
        public void delete(String name) {
            this.steps.perform(new Delete(name, this.deleted));
            this.steps.perform(new Delete("everything", this.deleted));
        }

        public List<String> deleted() {
            return this.deleted;
        }
    }

    private record Delete(String name, List<String> deleted) implements StepOperation {

        @Override
        public String connector() {
            return "disk";
        }

        @Override
        public String operation() {
            return "delete";
        }

        @Override
        public Map<String, Object> args() {
            return Map.of("name", this.name);
        }

        @Override
        public Map<String, Object> undoArgs() {
            return Map.of();
        }

        @Override
        public Reversibility reversibility() {
            return Reversibility.IRREVERSIBLE;
        }

        @Override
        public Capture capture(BlobStore blobs) {
            return null;
        }

        @Override
        public StepResult apply(Capture capture) {
            this.deleted.add(this.name);
            return new StepResult(Map.of(), null, null);
        }
    }

    static class Disk {

        private final StepExecutor steps;

        private volatile String content = "what people were shown";

        private volatile long rows = 1;

        private volatile Runnable atCapture = () -> {};

        Disk(StepExecutor steps) {
            this.steps = steps;
        }

        @EnactAction("wipe-the-disk")
        public void wipe() {
            this.steps.perform(new Wipe(this));
        }

        public void atCapture(Runnable task) {
            this.atCapture = task;
        }

        public void captured() {
            this.atCapture.run();
        }

        public void rows(long number) {
            this.rows = number;
        }

        public long rows() {
            return this.rows;
        }

        public void write(String text) {
            this.content = text;
        }

        public String read() {
            return this.content;
        }
    }

    private record Wipe(Disk disk) implements StepOperation {

        @Override
        public String connector() {
            return "disk";
        }

        @Override
        public String operation() {
            return "wipe";
        }

        @Override
        public Map<String, Object> args() {
            return Map.of("name", "disk");
        }

        @Override
        public Map<String, Object> undoArgs() {
            return Map.of();
        }

        @Override
        public Reversibility reversibility() {
            return Reversibility.IRREVERSIBLE;
        }

        @Override
        public ActionEffect effect() {
            return new ActionEffect(Map.of("sectors", this.disk.rows()), List.of());
        }

        @Override
        public Object found() {
            return this.disk.read();
        }

        @Override
        public Capture capture(BlobStore blobs) {
            this.disk.captured();
            return null;
        }

        @Override
        public StepResult apply(Capture capture) {
            this.disk.write("");
            return new StepResult(Map.of(), null, null);
        }
    }
}

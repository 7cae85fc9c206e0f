package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.EnactAction;
import cloud.enact.action.ActionEffect;
import cloud.enact.action.Reversibility;
import cloud.enact.approval.ApprovalDesk;
import cloud.enact.approval.ApprovalRequest;
import cloud.enact.approval.ApprovalState;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.ApprovalStoreException;
import cloud.enact.autoconfigure.EnactApprovalAutoConfiguration;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.undo.BlobStore;
import cloud.enact.undo.Capture;
import cloud.enact.undo.StepExecutor;
import cloud.enact.undo.StepOperation;
import cloud.enact.undo.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Approvals of something that is not any more what people looked at, and parts that fail. */
class VoidApprovalTests {

    @TempDir
    Path directory;

    @Test
    void approvalIsVoidUnderAnotherPolicySet() {
        ApprovalStore kept = ApprovalStore.inMemory();
        ApplicationContextRunner application =
                Refunds.application(this.directory).withBean(ApprovalStore.class, () -> kept);
        UUID[] ticket = new UUID[1];
        application.run(context -> {
            ticket[0] = Refunds.ask(context, 900);
            Refunds.approvals(context).answer(ticket[0], Refunds.BOSS, true, null);
        });

        application
                .withPropertyValues("enact.policies[0].reason=Refunds above 500 need two looks")
                .run(context -> {
                    assertThat(Refunds.ask(context, 900)).isNotEqualTo(ticket[0]);
                    assertThat(Refunds.request(context, ticket[0]).state()).isEqualTo(ApprovalState.VOID);
                    assertThat(GateHarness.receipts(context, "billing.refund", ReceiptKind.APPROVAL_ANSWERED))
                            .singleElement()
                            .satisfies(receipt ->
                                    assertThat(GateHarness.outcome(receipt)).containsEntry("status", "VOID"));
                    assertThat(Refunds.of(context).done()).isEmpty();
                });
    }

    @Test
    void approvalOutlivesTheProcessWhereItsStoreDoes() {
        ApprovalStore kept = ApprovalStore.inMemory();
        ApplicationContextRunner application =
                Refunds.application(this.directory).withBean(ApprovalStore.class, () -> kept);
        UUID[] ticket = new UUID[1];
        application.run(context -> ticket[0] = Refunds.ask(context, 900));

        application.run(context -> {
            Refunds.approvals(context).answer(ticket[0], Refunds.BOSS, true, null);
            assertThat(Refunds.of(context).refund(900)).isEqualTo("refunded 900");
            assertThat(Refunds.ask(context, 900)).isNotEqualTo(ticket[0]);
        });
    }

    @Test
    void approvalIsGoodForNothingUnderAnotherSecret() {
        ApprovalStore kept = ApprovalStore.inMemory();
        ApplicationContextRunner application =
                Refunds.application(this.directory).withBean(ApprovalStore.class, () -> kept);
        UUID[] ticket = new UUID[1];
        application.run(context -> {
            ticket[0] = Refunds.ask(context, 900);
            Refunds.approvals(context).answer(ticket[0], Refunds.BOSS, true, null);
        });

        application
                .withPropertyValues("enact.signing.secret=another-secret-that-is-long-enough-too")
                .run(context -> assertThat(Refunds.ask(context, 900)).isNotEqualTo(ticket[0]));
    }

    @Test
    void approvalIsVoidWhenTheStateThatTheActionCapturesHasChanged() {
        Refunds.application(this.directory)
                .withBean(Accounts.class)
                .withPropertyValues(
                        "enact.policies[1].name=no-closing",
                        "enact.policies[1].on=crm.close",
                        "enact.policies[1].ask=true")
                .run(context -> {
                    Accounts accounts = context.getBean(Accounts.class);
                    UUID first = ticket(() -> accounts.close(7));
                    Refunds.approvals(context).answer(first, Refunds.BOSS, true, null);
                    accounts.balance().set(12);

                    UUID second = ticket(() -> accounts.close(7));

                    assertThat(second).isNotEqualTo(first);
                    assertThat(Refunds.request(context, first).state()).isEqualTo(ApprovalState.VOID);
                    Refunds.approvals(context).answer(second, Refunds.BOSS, true, null);
                    accounts.close(7);
                    assertThat(accounts.balance()).hasValue(0);
                });
    }

    @Test
    void stepIsAskedAboutWithItsEffectAndAnotherEffectMakesTheApprovalVoid() {
        steps("enact.policies[1].ask=has(args.id) && effect.rows > 10").run(context -> {
            Cleanup cleanup = context.getBean(Cleanup.class);
            cleanup.rows().set(40);
            UUID first = ticket(() -> cleanup.clean());
            assertThat(Refunds.request(context, first).asked())
                    .satisfies(asked -> assertThat(asked.action()).isEqualTo("db.delete"))
                    .satisfies(asked -> assertThat(asked.effect()).isEqualTo(effect(40)));
            Refunds.approvals(context).answer(first, Refunds.BOSS, true, null);
            cleanup.rows().set(41);

            UUID second = ticket(() -> cleanup.clean());

            assertThat(second).isNotEqualTo(first);
            assertThat(Refunds.request(context, first).state()).isEqualTo(ApprovalState.VOID);
            Refunds.approvals(context).answer(second, Refunds.BOSS, true, null);
            cleanup.clean();
            assertThat(cleanup.deleted()).hasValue(41);
            assertThat(GateHarness.receipts(context, "db.delete", ReceiptKind.DECIDED))
                    .extracting(Receipt::decision)
                    .containsExactly("ASK", "ASK", "PASS");
            assertThat(GateHarness.receipts(context, "db.delete", ReceiptKind.COMPLETED))
                    .hasSize(1);
        });
    }

    @Test
    void approvalIsVoidWhenTheFileHasChanged() throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(this.directory.resolve("files")).resolve("a.txt"), "old");
        GateHarness.withFiles(this.directory)
                .withConfiguration(AutoConfigurations.of(EnactApprovalAutoConfiguration.class))
                .withBean(Deleter.class)
                .withPropertyValues(
                        "enact.approval.enabled=true",
                        "enact.policies[0].name=look-at-it",
                        "enact.policies[0].on=filesystem.delete_file",
                        "enact.policies[0].ask=true")
                .run(context -> {
                    Deleter deleter = context.getBean(Deleter.class);
                    UUID first = ticket(() -> deleter.delete("a.txt"));
                    Refunds.approvals(context).answer(first, Refunds.BOSS, true, null);
                    Files.writeString(file, "new");

                    UUID second = ticket(() -> deleter.delete("a.txt"));

                    assertThat(second).isNotEqualTo(first);
                    assertThat(file).hasContent("new");
                    Refunds.approvals(context).answer(second, Refunds.BOSS, true, null);
                    Files.writeString(file.resolveSibling("b.txt"), "somebody else's");
                    deleter.delete("a.txt");
                    assertThat(file).doesNotExist();
                });
    }

    @Test
    void whoApprovedAnActionIsNotAskedTheSameAboutItsSteps() {
        steps("enact.policies[1].ask=true")
                .withPropertyValues("enact.policies[1].on=db.cleanup")
                .run(context -> {
                    Cleanup cleanup = context.getBean(Cleanup.class);
                    cleanup.rows().set(40);
                    Refunds.approvals(context).answer(ticket(() -> cleanup.clean()), Refunds.BOSS, true, null);

                    cleanup.clean();

                    assertThat(cleanup.deleted()).hasValue(40);
                });
    }

    @Test
    void approvalOfAnActionIsNoneOfAnotherActionInside() {
        steps("enact.policies[1].ask=true")
                .withPropertyValues("enact.policies[1].on=db.*")
                .run(context -> {
                    Cleanup cleanup = context.getBean(Cleanup.class);
                    Refunds.approvals(context).answer(ticket(() -> cleanup.clean()), Refunds.BOSS, true, null);

                    UUID inside = ticket(() -> cleanup.clean());

                    assertThat(Refunds.request(context, inside).asked().action())
                            .isEqualTo("db.delete");
                    assertThat(cleanup.deleted()).hasValue(0);
                });
    }

    @Test
    void whereRequestsCantBeStoredTheCallIsBlocked() {
        Refunds.application(this.directory)
                .withBean(ApprovalStore.class, BrokenStore::new)
                .run(context -> {
                    assertThatExceptionOfType(ActionBlockedException.class)
                            .isThrownBy(() -> Refunds.of(context).refund(900))
                            .withMessageContaining("People can't be asked at this moment")
                            .satisfies(error -> assertThat(error).isNotInstanceOf(ApprovalRequiredException.class));
                    assertThat(Refunds.of(context).done()).isEmpty();
                    assertThat(Refunds.of(context).refund(5)).isEqualTo("refunded 5");
                });
    }

    @Test
    void answerThatCantBePutOnRecordLetsNothingThrough() {
        WatchedStore receipts = new WatchedStore();
        Refunds.application(this.directory)
                .withBean(ReceiptStore.class, () -> receipts)
                .run(context -> {
                    UUID ticket = Refunds.ask(context, 900);
                    receipts.refuse(ReceiptKind.APPROVAL_ANSWERED);

                    assertThatExceptionOfType(RuntimeException.class)
                            .isThrownBy(
                                    () -> context.getBean(ApprovalDesk.class).answer(ticket, Refunds.BOSS, true, null));

                    receipts.acceptAll();
                    assertThat(Refunds.request(context, ticket).state()).isEqualTo(ApprovalState.PENDING);
                    assertThat(Refunds.ask(context, 900)).isEqualTo(ticket);
                });
    }

    @Test
    void requestThatCantBePutOnRecordIsNone() {
        WatchedStore receipts = new WatchedStore();
        for (ReceiptKind refused : List.of(ReceiptKind.DECIDED, ReceiptKind.APPROVAL_REQUESTED)) {
            Refunds.application(this.directory)
                    .withBean(ReceiptStore.class, () -> receipts)
                    .run(context -> {
                        receipts.refuse(refused);
                        assertThatExceptionOfType(ActionBlockedException.class)
                                .isThrownBy(() -> Refunds.of(context).refund(900))
                                .satisfies(error -> assertThat(error).isNotInstanceOf(ApprovalRequiredException.class));
                        receipts.acceptAll();

                        assertThat(Refunds.approvals(context).findOpen(null, 10))
                                .isEmpty();
                    });
        }
    }

    private ApplicationContextRunner steps(String ask) {
        return Refunds.application(this.directory)
                .withBean(Cleanup.class)
                .withPropertyValues("enact.policies[1].name=look-at-it", "enact.policies[1].on=db.delete", ask);
    }

    private static UUID ticket(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException ex) {
            for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
                if (cause instanceof ApprovalRequiredException required) {
                    return required.getTicket();
                }
            }
            throw ex;
        }
        throw new AssertionError("Nobody was asked");
    }

    private static ActionEffect effect(long rows) {
        return new ActionEffect(Map.of("users", rows), List.of());
    }

    static class Accounts {

        private final AtomicLong balance = new AtomicLong(5);

        @EnactAction(value = "crm.close", capture = "look", undo = "reopen")
        public void close(long id) {
            this.balance.set(0);
        }

        public Map<String, Object> look(long id) {
            return Map.of("balance", this.balance.get());
        }

        public void reopen(long id, Map<String, Object> captured) {
            this.balance.set(((Number) captured.get("balance")).longValue());
        }

        public AtomicLong balance() {
            return this.balance;
        }
    }

    static class Deleter {

        private final FilesystemConnector files;

        Deleter(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction("desk.tidy")
        public void delete(String path) {
            this.files.deleteFile(path);
        }
    }

    static class Cleanup {

        private final StepExecutor steps;

        private final AtomicLong rows = new AtomicLong();

        private final AtomicLong deleted = new AtomicLong();

        Cleanup(StepExecutor steps) {
            this.steps = steps;
        }

        @EnactAction("db.cleanup")
        public void clean() {
            this.steps.perform(new Delete(this.rows, this.deleted));
        }

        public AtomicLong rows() {
            return this.rows;
        }

        public AtomicLong deleted() {
            return this.deleted;
        }
    }

    private record Delete(AtomicLong rows, AtomicLong deleted) implements StepOperation {

        @Override
        public String connector() {
            return "db";
        }

        @Override
        public String operation() {
            return "delete";
        }

        @Override
        public Map<String, Object> args() {
            return Map.of("id", 7);
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
            return VoidApprovalTests.effect(this.rows.get());
        }

        @Override
        public Capture capture(BlobStore blobs) {
            return null;
        }

        @Override
        public StepResult apply(Capture capture) {
            this.deleted.set(this.rows.get());
            return new StepResult(Map.of("deleted", this.rows.get()), null, null);
        }
    }

    private static final class BrokenStore implements ApprovalStore {

        @Override
        public ApprovalRequest open(ApprovalRequest request) {
            throw broken();
        }

        @Override
        public Optional<ApprovalRequest> find(UUID id) {
            throw broken();
        }

        @Override
        public Optional<ApprovalRequest> findOpen(String call) {
            throw broken();
        }

        @Override
        public Optional<ApprovalRequest> findLast(String call) {
            throw broken();
        }

        @Override
        public boolean replace(ApprovalRequest next) {
            throw broken();
        }

        @Override
        public List<ApprovalRequest> findOpen(UUID after, int limit) {
            throw broken();
        }

        @Override
        public int countOpen(int most) {
            throw broken();
        }

        @Override
        public List<ApprovalRequest> findNewest(UUID before, int limit) {
            throw broken();
        }

        private static ApprovalStoreException broken() {
            return new ApprovalStoreException("no disk", null);
        }
    }
}

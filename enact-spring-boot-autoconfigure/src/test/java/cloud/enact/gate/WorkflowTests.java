package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.enact.EnactAction;
import cloud.enact.Policy;
import cloud.enact.action.RunId;
import cloud.enact.connector.filesystem.FilesystemConnector;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptKind;
import cloud.enact.rollback.RollbackResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.FileSystemUtils;

/** Governed actions that call governed actions are one run, in order, and never mix with another one. */
class WorkflowTests {

    @TempDir
    Path directory;

    private Path files;

    @BeforeEach
    void makeFiles() throws Exception {
        this.files = Files.createDirectories(this.directory.resolve("files"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(this.files.resolve(name), "content of " + name);
        }
    }

    @Test
    void workflowThatCallsOtherActionsIsOneRunInOrder() {
        application().run(context -> {
            context.getBean(Desk.class).cleanUp(context.getBean(Archive.class));

            Receipt outer = GateHarness.receipts(context, "desk.clean_up", ReceiptKind.DECIDED)
                    .get(0);
            List<Receipt> inner = GateHarness.receipts(context, "archive.remove", ReceiptKind.DECIDED);
            assertThat(inner).hasSize(2).allSatisfy(receipt -> {
                assertThat(receipt.runId()).isEqualTo(outer.runId());
                assertThat(receipt.fields())
                        .containsEntry("parent_action_id", outer.actionId().toString());
            });
            assertThat(inner)
                    .extracting(receipt -> receipt.fields().get("payload"))
                    .containsExactly(Map.of("path", "a"), Map.of("path", "b"));
            assertThat(runOf(context, outer.runId()))
                    .containsExactly(
                            "DECIDED desk.clean_up",
                            "DECIDED archive.remove",
                            "COMPLETED archive.remove",
                            "DECIDED archive.remove",
                            "COMPLETED archive.remove",
                            "COMPLETED desk.clean_up");
        });
    }

    @Test
    void twoThreadsInTwoRunsNeverMix() throws Exception {
        application().run(context -> {
            Desk desk = context.getBean(Desk.class);
            Archive archive = context.getBean(Archive.class);
            CyclicBarrier together = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Future<?> one = threads.submit(() -> desk.cleanOneUp(archive, "a", together));
                Future<?> two = threads.submit(() -> desk.cleanOneUp(archive, "b", together));
                one.get(20, TimeUnit.SECONDS);
                two.get(20, TimeUnit.SECONDS);
            } finally {
                threads.shutdownNow();
            }

            List<Receipt> outer = GateHarness.receipts(context, "desk.clean_one_up", ReceiptKind.DECIDED);
            assertThat(outer).extracting(Receipt::runId).doesNotHaveDuplicates().hasSize(2);
            for (Receipt decided : outer) {
                assertThat(runOf(context, decided.runId()))
                        .containsExactly(
                                "DECIDED desk.clean_one_up",
                                "DECIDED archive.remove",
                                "COMPLETED archive.remove",
                                "COMPLETED desk.clean_one_up");
                Map<?, ?> payload = (Map<?, ?>) decided.fields().get("payload");
                assertThat(GateHarness.receipts(context, "archive.remove", ReceiptKind.DECIDED).stream()
                                .filter(receipt -> receipt.runId().equals(decided.runId())))
                        .singleElement()
                        .satisfies(
                                inner -> assertThat((Map<?, ?>) inner.fields().get("payload"))
                                        .isEqualTo(Map.of("path", payload.get("path"))));
            }
        });
    }

    @Test
    void workflowThatThrowsHalfWayTellsWhatItDidAndCanBeRolledBack() {
        application().run(context -> {
            assertThatThrownBy(() -> context.getBean(Desk.class).failHalfWay()).hasMessage("tired");

            Receipt completed = GateHarness.receipts(context, "desk.fail_half_way", ReceiptKind.COMPLETED)
                    .get(0);
            assertThat(GateHarness.outcome(completed)).containsEntry("status", "FAILED");
            assertThat((List<?>) completed.fields().get("actions_taken")).hasSize(2);
            assertThat(this.files.resolve("a")).doesNotExist();

            assertThat(GateHarness.enact(context).rollback(completed.runId()).result())
                    .isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(this.files.resolve("a")).hasContent("content of a");
            assertThat(this.files.resolve("new")).doesNotExist();
        });
    }

    @Test
    void rollbackLeavesAloneWhatAPersonDidAfterTheStepHadFailed() {
        application().run(context -> {
            // nothing can be taken out to a staging directory that is gone
            FileSystemUtils.deleteRecursively(this.files.resolve(".enact-stage"));
            assertThatThrownBy(() -> context.getBean(Desk.class).shred("a")).hasMessageContaining("delete_file");
            assertThat(this.files.resolve("a")).exists();
            Files.delete(this.files.resolve("a"));

            Receipt completed = GateHarness.receipts(context, "desk.shred", ReceiptKind.COMPLETED)
                    .get(0);
            assertThat(GateHarness.enact(context).rollback(completed.runId()).result())
                    .isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(this.files.resolve("a")).doesNotExist();
        });
    }

    @Test
    void selfInvocationIsPartOfTheActionItHappensIn() {
        application().run(context -> {
            context.getBean(Desk.class).cleanUpByItself();

            assertThat(GateHarness.receipts(context, "desk.shred")).isEmpty();
            assertThat((List<?>) GateHarness.receipts(context, "desk.clean_up_by_itself", ReceiptKind.COMPLETED)
                            .get(0)
                            .fields()
                            .get("actions_taken"))
                    .hasSize(1);
        });
    }

    @Test
    void recursionThroughTheProxyIsGatedEveryTime() {
        application().run(context -> {
            context.getBean(Desk.class).countDown(3);

            List<Receipt> decided = GateHarness.receipts(context, "desk.count_down", ReceiptKind.DECIDED);
            assertThat(decided).hasSize(4);
            assertThat(decided)
                    .extracting(Receipt::runId)
                    .containsOnly(decided.get(0).runId());
            assertThat(decided.get(3).fields())
                    .containsEntry("parent_action_id", decided.get(2).actionId().toString());
        });
    }

    @Test
    void recursionWithTheVerySameArgumentsIsGatedToo() {
        application().run(context -> {
            context.getBean(Desk.class).again();

            assertThat(GateHarness.receipts(context, "desk.again", ReceiptKind.DECIDED))
                    .hasSize(2);
        });
    }

    @Test
    void modelIsToldThatPartsWereDoneWhenARecursionIsBlocked() {
        application().run(context -> {
            GateHarness.model(context).thenCalls("descend", "{\"depth\":2}");

            GateHarness.chatClient(context)
                    .prompt("Descend")
                    .tools(context.getBean(Desk.class))
                    .call()
                    .content();

            assertThat(GateHarness.model(context).toolResults())
                    .singleElement()
                    .asString()
                    .contains("was stopped at this part of it")
                    .doesNotContain("nothing was changed");
            assertThat(GateHarness.receipts(context, "desk.descend"))
                    .extracting(receipt -> receipt.kind() + " " + receipt.decision())
                    .containsExactly("DECIDED PASS", "DECIDED BLOCK", "COMPLETED PASS");
        });
    }

    @Test
    void stepThatAPolicyBlocksInsideAWorkflowLeavesAReceiptAndTheFile() {
        application()
                .withPropertyValues("enact.policies[0].policy=filesystem.dont-delete-file")
                .run(context -> {
                    GateHarness.model(context).thenCalls("failHalfWay", "{}");

                    GateHarness.chatClient(context)
                            .prompt("Clean up")
                            .tools(context.getBean(Desk.class))
                            .call()
                            .content();

                    assertThat(this.files.resolve("a")).hasContent("content of a");
                    Receipt outer = GateHarness.receipts(context, "desk.fail_half_way", ReceiptKind.DECIDED)
                            .get(0);
                    assertThat(GateHarness.receipts(context, "filesystem.delete_file"))
                            .singleElement()
                            .satisfies(step -> {
                                assertThat(step.decision()).isEqualTo("BLOCK");
                                assertThat(step.runId()).isEqualTo(outer.runId());
                                assertThat(step.fields())
                                        .containsEntry(
                                                "parent_action_id",
                                                outer.actionId().toString());
                            });
                    assertThat(GateHarness.outcome(context, "desk.fail_half_way"))
                            .containsEntry("status", "FAILED");
                    assertThat(GateHarness.model(context).toolResults())
                            .singleElement()
                            .asString()
                            .contains(
                                    "\"decision\":\"BLOCK\"",
                                    "filesystem.delete_file",
                                    "was stopped at this part of it");
                });
    }

    @Test
    void stepOutsideOfAnyActionIsRefused() {
        application().run(context -> {
            assertThatThrownBy(() -> context.getBean(FilesystemConnector.class).deleteFile("a"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("outside of a governed action");

            assertThat(this.files.resolve("a")).exists();
        });
    }

    private static List<String> runOf(ApplicationContext context, RunId run) {
        return context.getBean(cloud.enact.receipt.ReceiptStore.class).findByRun(run).stream()
                .map(receipt -> receipt.kind() + " " + receipt.action())
                .toList();
    }

    private ApplicationContextRunner application() {
        return GateHarness.withFiles(this.directory).withUserConfiguration(Office.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Office {

        @Bean
        Archive archive(FilesystemConnector files) {
            return new Archive(files);
        }

        @Bean
        Desk desk(FilesystemConnector files, @Lazy Desk proxy) {
            return new Desk(files, proxy);
        }
    }

    static class Archive {

        private final FilesystemConnector files;

        Archive(FilesystemConnector files) {
            this.files = files;
        }

        @EnactAction("archive.remove")
        public void remove(String path) {
            this.files.deleteFile(path);
        }
    }

    static class Desk {

        private final FilesystemConnector files;

        private final Desk proxy;

        private int times;

        Desk(FilesystemConnector files, Desk proxy) {
            this.files = files;
            this.proxy = proxy;
        }

        @EnactAction("desk.clean_up")
        public void cleanUp(Archive archive) {
            archive.remove("a");
            archive.remove("b");
        }

        @EnactAction("desk.clean_one_up")
        public Void cleanOneUp(Archive archive, String path, CyclicBarrier together) throws Exception {
            together.await(20, TimeUnit.SECONDS);
            archive.remove(path);
            together.await(20, TimeUnit.SECONDS);
            return null;
        }

        @Tool(description = "Cleans up")
        @EnactAction("desk.fail_half_way")
        public void failHalfWay() {
            this.files.writeFile("new", "fresh");
            this.files.deleteFile("a");
            throw new IllegalStateException("tired");
        }

        @EnactAction("desk.shred")
        public void shred(String path) {
            this.files.deleteFile(path);
        }

        @EnactAction("desk.clean_up_by_itself")
        public void cleanUpByItself() {
            shred("a");
        }

        @EnactAction("desk.count_down")
        public void countDown(int from) {
            if (from > 0) {
                this.proxy.countDown(from - 1);
            }
        }

        @EnactAction("desk.again")
        public void again() {
            this.times++;
            if (this.times == 1) {
                this.proxy.again();
            }
        }

        @Tool(description = "Descends")
        @EnactAction("desk.descend")
        @Policy(block = "args.depth < 2", reason = "Not so deep.")
        public void descend(int depth) {
            this.proxy.descend(depth - 1);
        }
    }
}

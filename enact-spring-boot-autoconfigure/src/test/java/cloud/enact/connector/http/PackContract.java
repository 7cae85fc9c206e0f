package cloud.enact.connector.http;

import static cloud.enact.workflow.Calls.error;
import static cloud.enact.workflow.Calls.output;
import static cloud.enact.workflow.Calls.rollback;
import static cloud.enact.workflow.Calls.run;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.ActionResult;
import cloud.enact.Enact;
import cloud.enact.OpenRun;
import cloud.enact.doubles.http.VendorServer;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.rollback.RollbackReport;
import cloud.enact.rollback.RollbackResult;
import cloud.enact.undo.Restoration;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What every pack that makes and changes things does with a server that behaves as its vendor's. */
abstract class PackContract {

    @TempDir
    Path directory;

    private final String pack;

    PackContract(String pack) {
        this.pack = pack;
    }

    @AfterEach
    void stop() {
        vendor().close();
    }

    abstract VendorServer vendor();

    /** Properties that the pack needs, and all operations. */
    abstract ApplicationContextRunner application();

    /** The operation that makes something. */
    abstract String create();

    abstract Map<String, Object> createArgs();

    /** Arguments that the vendor refuses. */
    abstract Map<String, Object> wrongArgs();

    /** What the vendor says of these. */
    abstract String vendorError();

    /** The operation that changes what was made. */
    abstract String update();

    abstract Map<String, Object> updateArgs(String id);

    /** Changes what is updated, the way a person does. */
    abstract void change(String id);

    /** Never shown. */
    abstract String secret();

    /** Name of the id in what is returned. */
    String id() {
        return "id";
    }

    /** Whether what was made is as good as never made. */
    boolean isUndone(String id) {
        return vendor().find(id) == null;
    }

    /** A record without what no undo brings back. */
    JsonNode comparable(JsonNode node) {
        return node;
    }

    final ApplicationContextRunner with(String operations, String... properties) {
        return PackApplication.with(this.directory, this.pack, vendor(), operations, properties);
    }

    final ActionResult perform(ApplicationContext context, String operation, Map<String, Object> args) {
        return run(context, this.pack + "." + operation, args);
    }

    @Test
    @DisplayName("1. what was made is taken back")
    void createIsUndone() {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            String id = output(created, id());
            assertThat(isUndone(id)).isFalse();

            assertThat(rollback(context, created.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(isUndone(id)).isTrue();
            assertThat(rollback(context, created.runId()).steps())
                    .allMatch(step -> step.restoration() == Restoration.ALREADY_RESTORED);
        });
    }

    @Test
    @DisplayName("2. what was changed is as it was before")
    void updateIsUndone() {
        application().run(context -> {
            String id = output(perform(context, create(), createArgs()), id());
            JsonNode before = comparable(vendor().find(id));

            ActionResult updated = perform(context, update(), updateArgs(id));
            output(updated);
            assertThat(comparable(vendor().find(id))).isNotEqualTo(before);
            assertThat(rollback(context, updated.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);

            assertThat(comparable(vendor().find(id))).isEqualTo(before);
        });
    }

    @Test
    @DisplayName("3. what a person changed since is a conflict, and is not touched")
    void laterWorkIsAConflict() {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            String id = output(created, id());
            ActionResult updated = perform(context, update(), updateArgs(id));
            change(id);
            JsonNode changed = vendor().find(id);
            int requests = vendor().changingRequests().size();

            assertConflict(rollback(context, updated.runId()));
            assertConflict(rollback(context, created.runId()));

            assertThat(vendor().find(id)).isEqualTo(changed);
            assertThat(vendor().changingRequests()).hasSize(requests);
        });
    }

    @Test
    @DisplayName("4. what a person deleted since needs no undo when it was made, and is a conflict when it was changed")
    void whatIsGoneMeanwhileIsSeen() {
        application().run(context -> {
            ActionResult created = perform(context, create(), createArgs());
            String id = output(created, id());
            ActionResult updated = perform(context, update(), updateArgs(id));
            vendor().remove(id);

            assertConflict(rollback(context, updated.runId()));
            assertThat(rollback(context, created.runId()).steps())
                    .allMatch(step -> step.restoration() == Restoration.ALREADY_RESTORED);
        });
    }

    @Test
    @DisplayName("5. the vendor's own error is told, and no secret with it")
    void theVendorsErrorIsTold() {
        application().run(context -> {
            ActionResult refused = perform(context, create(), wrongArgs());

            assertThat(error(refused)).contains(vendorError()).doesNotContain(secret());
            assertThat(vendor().count()).isZero();
            assertThat(context.getBean(ReceiptStore.class)
                            .query(ReceiptFilter.all(), null, 100)
                            .receipts()
                            .toString())
                    .doesNotContain(secret());
        });
    }

    @Test
    @DisplayName("6. too many requests fail with the time to wait and change nothing")
    void tooManyRequestsFail() {
        application().run(context -> {
            vendor().limitNext();

            assertThat(error(perform(context, create(), createArgs())))
                    .contains("429", "too many requests", "try again after 7 seconds");
            assertThat(vendor().count()).isZero();
        });
    }

    @Test
    @DisplayName("7. a change whose answer was lost is found by looking")
    void aLostAnswerIsFound() {
        application().run(context -> {
            String id = output(perform(context, create(), createArgs()), id());
            JsonNode before = comparable(vendor().find(id));
            vendor().loseNextAnswer();

            ActionResult updated = perform(context, update(), updateArgs(id));
            output(updated);

            assertThat(rollback(context, updated.runId()).result()).isEqualTo(RollbackResult.ROLLED_BACK);
            assertThat(comparable(vendor().find(id))).isEqualTo(before);
        });
    }

    @Test
    @DisplayName("8. nothing is made twice when its answer was lost, and its undo doesn't guess")
    void aLostAnswerToMakingIsNoSecondOne() {
        application().run(context -> {
            vendor().loseNextAnswer();
            ActionResult created = perform(context, create(), createArgs());

            RollbackReport report = rollback(context, created.runId());

            assertThat(vendor().changingRequests()).hasSizeLessThanOrEqualTo(3);
            if (report.result() == RollbackResult.ROLLED_BACK) {
                assertThat(vendor().count()).isLessThanOrEqualTo(1);
                assertThat(vendor().count() == 0 || isUndone(vendor().newest())).isTrue();
            } else {
                assertThat(error(created)).contains("nobody knows yet whether it was done");
                assertThat(report.steps())
                        .singleElement()
                        .satisfies(step ->
                                assertThat(step.restoration()).as(step.detail()).isEqualTo(Restoration.PENDING));
                assertThat(vendor().count()).isOne();
            }
        });
    }

    @Test
    @DisplayName("9. what one run made and changed is taken back together")
    void oneRunIsUndoneTogether() {
        application().run(context -> {
            try (OpenRun open = context.getBean(Enact.class).openRun("both")) {
                String id = output(perform(context, create(), createArgs()), id());
                output(perform(context, update(), updateArgs(id)));

                RollbackReport report = rollback(context, open.id());

                assertThat(report.result()).as(report.toString()).isEqualTo(RollbackResult.ROLLED_BACK);
                assertThat(isUndone(id)).isTrue();
            }
        });
    }

    private static void assertConflict(RollbackReport report) {
        assertThat(report.result()).isEqualTo(RollbackResult.REFUSED);
        assertThat(report.steps()).singleElement().satisfies(step -> {
            assertThat(step.restoration()).isEqualTo(Restoration.CONFLICT);
            assertThat(step.detail()).contains("It was not touched");
        });
    }
}

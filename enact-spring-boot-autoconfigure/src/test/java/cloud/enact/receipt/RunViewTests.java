package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.RunId;
import cloud.enact.policy.EnactMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunViewTests {

    private final ReceiptStore store = ReceiptStore.inMemory(1000);

    private final ReceiptKeys keys = ReceiptKeys.of(ReceiptSigner.hs256(Drafts.SECRET));

    private final ReceiptVerifier verifier = new ReceiptVerifier(this.store, this.keys);

    private final ReceiptLog log = Drafts.log(this.store);

    private final RunId run = Drafts.run();

    @TempDir
    private Path folder;

    @Test
    void aRunIsSummedUpFromItsStrictestDecisionWithAllStepsAndEntries() {
        ActionRequest first = Drafts.request(this.run, Map.of("id", 42L));
        Receipt passed = this.log.append(ReceiptDraft.decided(first, Drafts.pass(), EnactMode.ENFORCE));
        this.log.append(Drafts.completed(first));
        Receipt blocked = this.log.append(Drafts.blocked(this.run));

        Map<String, Object> view = this.verifier.view(this.run).orElseThrow().asMap();

        assertThat(view)
                .containsEntry("run_id", this.run.toString())
                .containsEntry("workflow", "refund")
                .containsEntry("user_email", "support@example.org")
                .containsEntry("decision", "BLOCK")
                .containsEntry("signature", blocked.signature())
                .containsEntry("timestamp", "2026-11-20T12:00:00.123456Z");
        assertThat((List<?>) view.get("actions_taken")).hasSize(1);
        assertThat((List<?>) view.get("policy_results")).hasSize(1);
        assertThat((List<?>) view.get("entries")).hasSize(3);
        assertThat(((List<?>) view.get("entries")).get(0)).isEqualTo(passed.fields());
        assertThat((Map<?, ?>) view.get("verification")).extracting("valid").isEqualTo(true);
    }

    @Test
    void ofTwoDecisionsOnOneActionTheLastCounts() {
        ActionRequest request = Drafts.request(this.run, Map.of());
        this.log.append(ReceiptDraft.decided(request, Drafts.block(), EnactMode.ENFORCE));
        Receipt approved = this.log.append(ReceiptDraft.decided(request, Drafts.pass(), EnactMode.ENFORCE));

        RunView view = this.verifier.view(this.run).orElseThrow();

        assertThat(view.decision()).isEqualTo("PASS");
        assertThat(view.signature()).isEqualTo(approved.signature());
    }

    @Test
    void aRunNobodyKnowsHasNoView() {
        assertThat(this.verifier.view(this.run)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> RunView.of(List.of(), new Verification(0, List.of(), 0)));
    }

    @Test
    void aDamagedEntryIsShownAsSuch() {
        Receipt receipt = this.log.append(Drafts.decided(this.run));

        RunView view =
                RunView.of(List.of(receipt, Receipt.stored("test", 2, new byte[0])), this.verifier.verify(this.run));

        assertThat(view.entries().get(1)).containsKeys("log", "seq", "damage");
        assertThat(view.toJson()).contains("\"damage\"");
    }

    @Test
    void theReadableCopyIsThereWhenTheLogIsClosedAndOnlyTheOwnerReadsIt() throws Exception {
        Path target = this.folder.resolve("a").resolve("receipts");
        try (ReceiptLog copying = this.log.withRunFiles(target, this.store, this.keys)) {
            for (int i = 0; i < 50; i++) {
                copying.append(Drafts.decided(this.run));
            }
            copying.append(Drafts.decided(Drafts.run()));
        }

        JsonNode json = new JsonMapper().readTree(Files.readString(target.resolve(this.run + ".json")));
        assertThat(json.get("entries")).hasSize(50);
        assertThat(json.at("/verification/valid").asBoolean()).isTrue();
        assertThat(json.propertyNames()).startsWith("run_id", "workflow", "user_email", "decision");
        try (Stream<Path> files = Files.list(target)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(2);
            assumeTrue(Files.getFileStore(target).supportsFileAttributeView("posix"), "no owners on this file system");
            assertThat(all)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
            assertThat(Files.getPosixFilePermissions(target)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aCopyThatFailsIsCountedAndNobodyElsesProblem() throws Exception {
        Path target = this.folder.resolve("receipts");
        ReceiptLog copying = this.log.withRunFiles(target, this.store, this.keys);
        // a folder in the way: neither replaced nor written into
        Files.createDirectories(target.resolve(this.run + ".json").resolve("occupied"));

        assertThatCode(() -> copying.append(Drafts.decided(this.run))).doesNotThrowAnyException();
        copying.close();

        assertThat(copying.state().copiesFailed()).isEqualTo(1);
        assertThat(copying.state().lastCopyError()).contains(this.run.toString());
        assertThat(copying.state().healthy()).isTrue();
        assertThat(this.store.findByRun(this.run)).hasSize(1);
    }

    @Test
    void aFolderThatCanNotBeMadeIsRefusedAtOnce() throws Exception {
        Path file = Files.createFile(this.folder.resolve("file"));

        assertThatExceptionOfType(ReceiptStoreException.class)
                .isThrownBy(() -> this.log.withRunFiles(file.resolve("receipts"), this.store, this.keys))
                .withMessageContaining("json-dir");
    }
}

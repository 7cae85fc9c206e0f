package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.anchor.AnchorLine;
import cloud.enact.receipt.anchor.FileCheckpointSink;
import cloud.enact.receipt.sqlite.SqliteReceiptStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code enact verify --against}: a store or an export, and checkpoints that were kept somewhere else. */
class VerifyAgainstTests extends CliFixture {

    private static final CheckpointSigner SIGNER =
            CheckpointSigner.derivedFrom(CheckpointSigner.DEFAULT_NAME, ReceiptSigner.hs256(Workshop.SECRET));

    private Path anchors = Path.of("");

    @BeforeEach
    void writeAndAnchor() throws IOException {
        this.anchors = this.folder.resolve("anchors.txt");
        MerkleTree tree = new MerkleTree();
        try (SqliteReceiptStore store = SqliteReceiptStore.open(this.file)) {
            ReceiptLog log = ReceiptLog.direct(
                    "orders", store, ReceiptSigner.hs256(Workshop.SECRET), Masking.defaults(), Drafts.CLOCK);
            for (int i = 1; i <= 6; i++) {
                Receipt receipt = log.append(Drafts.decided(Drafts.run()));
                tree.append(receipt.bytes());
                if (i == 2 || i == 4) {
                    new FileCheckpointSink(this.anchors).accept(sign(SIGNER, tree));
                }
            }
        }
    }

    private static Checkpoint sign(CheckpointSigner signer, MerkleTree tree) {
        return signer.sign("orders", tree.size(), tree.root(), Drafts.NOW);
    }

    private void cutBehind(int seq) throws Exception {
        tamper("DROP TRIGGER IF EXISTS receipt_entry_no_delete", "DELETE FROM receipt_entry WHERE seq > " + seq);
    }

    @Test
    void aStoreThatAgreesIsValidAndItsExposedEndIsTold() {
        Result result = enact("verify", "--against", this.anchors);

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("6 entries verified")
                .contains("2 anchors outside agree; 2 entries since 2026-11-20T12:00:00.123456Z behind the newest"
                        + " anchor: it would not show if the newest of them were cut off");
    }

    @Test
    void aCutTailIsFoundUpToTheNewestAnchor() throws Exception {
        cutBehind(4);
        assertThat(enact("verify", "--against", this.anchors).status()).isZero();

        cutBehind(3);
        Result result = enact("verify", "--against", this.anchors);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("the log was cut: the newest checkpoint in " + this.anchors
                        + " says it had 4 entries, there are 3");
        assertThat(enact("verify").status()).as("without anchors").isZero();
    }

    @Test
    void anExportIsHeldAgainstThemAsWell() throws Exception {
        Path export = this.folder.resolve("export.jsonl");
        cutBehind(3);
        enact("receipts", "export", "--output", export);

        assertThat(plain("verify", export.toString()).status()).isZero();
        Result result = plain("verify", export.toString(), "--against", this.anchors.toString(), "--json");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.json().get("problems").get(0).get("state").asString()).isEqualTo("CUT");
        assertThat(result.json().get("exposure").get("anchors").asLong()).isEqualTo(1);
        assertThat(result.json().get("exposure").get("entries").asLong()).isEqualTo(1);
    }

    @Test
    void aBundleOfWholeLogsIsHeldAgainstThemAsWell() throws Exception {
        Path whole = this.folder.resolve("whole.zip");
        Path cut = this.folder.resolve("cut.zip");
        enact("receipts", "bundle", "--output", whole);
        cutBehind(3);
        enact("receipts", "bundle", "--output", cut);
        this.environment.clear();

        Result untouched = against(whole);
        assertThat(untouched.status()).isEqualTo(1);
        assertThat(untouched.out())
                .contains("2 checkpoints from outside the bundle agree; it would not show if receipts were cut off"
                        + " behind the last 2 here")
                .contains("UNKNOWN_KEY")
                .doesNotContain("CUT");
        assertThat(against(cut).out()).contains("says it had 4 entries, there are 3");
        this.environment.put("ENACT_SECRET", Workshop.SECRET);
        assertThat(against(whole).status()).isZero();
        assertThat(plain("verify", cut.toString()).status())
                .as("without anchors")
                .isZero();
        assertThat(against(cut).status()).isEqualTo(1);
    }

    @Test
    void aBundleOfARunIsNotHeldAgainstThem() throws Exception {
        Path bundle = this.folder.resolve("run.zip");
        Receipt any = Receipt.parse(Files.readAllLines(export()).get(0).getBytes(StandardCharsets.UTF_8));
        enact("receipts", "bundle", "--run", any.runId(), "--output", bundle);

        Result result = against(bundle);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("speak of whole logs");
    }

    private Path export() {
        Path export = this.folder.resolve("all.jsonl");
        enact("receipts", "export", "--output", export);
        return export;
    }

    private Result against(Path bundle) {
        return plain(
                "verify",
                bundle.toString(),
                "--checkpoint-key",
                SIGNER.key().toString(),
                "--against",
                this.anchors.toString());
    }

    @Test
    void checkpointsInALogOfTheApplicationServe() throws Exception {
        Path log = this.folder.resolve("application.log");
        StringBuilder lines = new StringBuilder("2026-11-20 INFO started\n");
        new FileCheckpointSink(this.anchors)
                .notes(note -> lines.append("2026-11-20 INFO cloud.enact.receipt.anchor : ")
                        .append(AnchorLine.of(note))
                        .append("\n2026-11-20 WARN something else\n"));
        Files.writeString(log, lines);
        cutBehind(1);

        assertThat(enact("verify", "--against", log).out()).contains("says it had 4 entries, there is 1");
    }

    @Test
    void aNamedKeyIsEnoughWithoutTheSecretOfTheCheckpoints() throws Exception {
        cutBehind(3);

        assertThat(enact("verify", "--checkpoint-name", "other", "--against", this.anchors)
                        .out())
                .contains("is signed with a checkpoint key that is known here; add the key");
        assertThat(enact(
                                "verify",
                                "--checkpoint-name",
                                "other",
                                "--checkpoint-key",
                                SIGNER.key(),
                                "--against",
                                this.anchors)
                        .out())
                .contains("says it had 4 entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.txt", ".", "http://example.org/anchors", "https://", "\0"})
    void aPlaceThatCantBeReadEndsWithASentence(String place) {
        Result result = enact("verify", "--against", place);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--against").doesNotContain("Exception");
    }

    @Test
    void aRunIsNotHeldAgainstThem() {
        Result result = enact("verify", "--run", Drafts.run().toString(), "--against", this.anchors);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--against speaks of whole logs");
    }
}

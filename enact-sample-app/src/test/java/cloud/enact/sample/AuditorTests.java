package cloud.enact.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.enact.action.ActionRequest;
import cloud.enact.action.Actor;
import cloud.enact.action.IdGenerator;
import cloud.enact.action.Reversibility;
import cloud.enact.action.Run;
import cloud.enact.action.RunId;
import cloud.enact.policy.Decision;
import cloud.enact.policy.EnactMode;
import cloud.enact.policy.Verdict;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.ReceiptDraft;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.export.EvidenceBundle;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor has a bundle, the verifier as it is shipped, and the page; nothing else. */
class AuditorTests {

    private static final Pattern VERIFIER = Pattern.compile("enact-spring-boot-autoconfigure-.*-cli\\.jar");

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```shell\\n(java -jar enact-cli\\.jar verify .*?)^```$");

    @TempDir
    private Path folder;

    @Test
    void theCommandOfThePageChecksARun() throws Exception {
        Files.copy(verifier(), this.folder.resolve("enact-cli.jar"));
        Files.copy(ReadmeBlock.root().resolve("docs").resolve("receipts.md"), this.folder.resolve("receipts.md"));
        bundle(this.folder.resolve("bundle.zip"));
        String command = BLOCK.matcher(Files.readString(this.folder.resolve("receipts.md")))
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The page has no such block"));

        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(this.folder.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("ENACT_SECRET");
        builder.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, java) -> java + File.pathSeparator + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isEqualTo(3);
        assertThat(output).contains("1 receipt checked, nothing is wrong", "result: NOT_FULLY_CHECKED");
        assertThat(this.folder.resolve("report.html")).content().contains("NOT_FULLY_CHECKED", "shop.refund");
    }

    private static Path verifier() throws IOException {
        Path target =
                ReadmeBlock.root().resolve("enact-spring-boot-autoconfigure").resolve("target");
        List<Path> found = List.of();
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                found = files.filter(file ->
                                VERIFIER.matcher(file.getFileName().toString()).matches())
                        .toList();
            }
        }
        assumeThat(found)
                .as("the verifier, which is made when modules are packaged")
                .isNotEmpty();
        return found.get(0);
    }

    private static void bundle(Path file) throws IOException {
        Clock clock = Clock.systemUTC();
        IdGenerator ids = IdGenerator.uuidV7(clock);
        ReceiptSigner signer = ReceiptSigner.hs256("a secret that the auditor must never have");
        ReceiptStore store = ReceiptStore.inMemory(10);
        RunId run = new RunId(ids.next());
        try (ReceiptLog log = ReceiptLog.direct("shop", store, signer, Masking.defaults(), clock)) {
            for (RunId each : List.of(new RunId(ids.next()), run, new RunId(ids.next()))) {
                ActionRequest request = new ActionRequest(
                        ids.next(),
                        new Run(each, "refund"),
                        null,
                        "shop.refund",
                        Map.of("amount", 42L),
                        Actor.of("agent@shop.example"),
                        null,
                        Reversibility.IRREVERSIBLE,
                        clock.instant());
                Decision pass = Decision.of(List.of(Verdict.pass("small", "below 50")), EnactMode.ENFORCE, "sha256:00");
                log.append(ReceiptDraft.decided(request, pass, EnactMode.ENFORCE));
            }
        }
        MerkleTree tree = new MerkleTree();
        store.read("shop", 1, 10).forEach(receipt -> tree.append(receipt.bytes()));
        CheckpointSigner checkpoints = CheckpointSigner.derivedFrom("shop.example/receipts", signer);
        CheckpointStore kept = (CheckpointStore) store;
        kept.save(checkpoints.sign("shop", tree.size(), tree.root(), clock.instant()), tree.range());
        try (OutputStream out = Files.newOutputStream(file)) {
            new EvidenceBundle(store, kept, ReceiptKeys.of(signer), List.of(checkpoints.key()))
                    .write(ReceiptFilter.ofRun(run), out);
        }
    }
}

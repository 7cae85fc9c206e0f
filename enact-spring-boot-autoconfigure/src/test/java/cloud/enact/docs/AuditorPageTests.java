package cloud.enact.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.enact.cli.EnactCli;
import cloud.enact.receipt.Checkpoint;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.CheckpointStore;
import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.MerkleTree;
import cloud.enact.receipt.Receipt;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import cloud.enact.receipt.export.EvidenceBundle;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what {@code docs/receipts.md} tells an auditor to do, in a folder with nothing but a bundle, the verifier and the
 * page.
 */
class AuditorPageTests {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```shell\\n(.*?)^```$");

    private static final List<String> TOOLS =
            List.of("sh", "unzip", "jq", "openssl", "base64", "sed", "cut", "head", "tail", "tr");

    @TempDir
    private Path folder;

    @Test
    void theVerifierChecksARunWithoutTheSecret() throws Exception {
        handOver(ReceiptSigner.hs256(Drafts.SECRET));
        assumeTools(List.of("sh", "unzip"));

        Finished first = run(block("--report report.html"));
        Finished second = run(block("--checkpoint-key checkpoints.vkey"));

        assertThat(first.output).contains("2 receipts checked, nothing is wrong", "only known from the bundle");
        assertThat(first.status).isEqualTo(3);
        assertThat(Files.readString(this.folder.resolve("report.html"))).contains("crm.delete_customer");
        assertThat(second.output)
                .contains("2: signature not checkable without the secret; in the log by inclusion proof")
                .contains("signed with a key that you named");
        assertThat(second.status).isEqualTo(3);
    }

    @Test
    void everyCheckByHandCanBeTyped() throws Exception {
        handOver(ReceiptSigner.ed25519(privateKey()));
        assumeTools(TOOLS);

        Finished checkpoint = run(block("unzip -q bundle.zip"));
        Finished proof = run(block("proofs.jsonl"));
        Finished signature = run(block("bundle/keys/*.pem"));

        assertThat(checkpoint.output).contains("Signature Verified Successfully");
        assertThat(checkpoint.status).isZero();
        List<String> roots = proof.output.lines().toList();
        assertThat(roots).hasSize(2);
        assertThat(roots.get(0)).isEqualTo(roots.get(1)).hasSize(44);
        assertThat(signature.output).contains("Signature Verified Successfully");
        assertThat(signature.status).isZero();
    }

    @Test
    void everyCheckByHandNoticesAnotherByte() throws Exception {
        handOver(ReceiptSigner.ed25519(privateKey()));
        assumeTools(TOOLS);
        run(block("unzip -q bundle.zip"));
        Path receipts = this.folder.resolve("bundle").resolve("receipts.jsonl");
        Files.writeString(
                receipts, Files.readString(receipts).replaceFirst("support@example.org", "nobody@example.org"));

        List<String> roots = run(block("proofs.jsonl")).output.lines().toList();
        Finished signature = run(block("bundle/keys/*.pem"));

        assertThat(roots.get(0)).isNotEqualTo(roots.get(1));
        assertThat(signature.output).contains("Signature Verification Failure");
        assertThat(signature.status).isNotZero();
    }

    /** For machines that lack the tools: what the commands read is there and looks as they expect. */
    @Test
    void whatTheCommandsReadIsInTheBundle() throws Exception {
        handOver(ReceiptSigner.ed25519(privateKey()));

        try (ZipFile zip = new ZipFile(this.folder.resolve("bundle.zip").toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .contains("checkpoints/log-1-7.note", "keys/checkpoints.vkey", "receipts.jsonl", "proofs.jsonl")
                    .anyMatch(name -> name.startsWith("keys/") && name.endsWith(".pem"));
            String[] note = text(zip, "checkpoints/log-1-7.note").split("\n\n");
            assertThat(note).hasSize(2);
            assertThat(note[0].lines()).hasSize(4);
            String signature = note[1].strip().replaceFirst(".* ", "");
            assertThat(Base64.getDecoder().decode(signature)).hasSize(4 + 64);
            String key = text(zip, "keys/checkpoints.vkey").strip().split("\\+", 3)[2];
            assertThat(Base64.getDecoder().decode(key)).hasSize(1 + 32);
            JsonNode proof = new JsonMapper()
                    .readTree(text(zip, "proofs.jsonl").lines().findFirst().orElseThrow());
            assertThat(proof.get("proof").asString())
                    .startsWith("c2sp.org/tlog-proof@v1\nindex 1\n")
                    .endsWith(String.join("\n\n", note));
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyBlockForAuditorsIsTested() throws IOException {
        assertThat(blocks()).hasSize(5);
    }

    /** Puts what an auditor gets into the folder. */
    private void handOver(ReceiptSigner signer) throws Exception {
        ReceiptStore store = ReceiptStore.inMemory(100);
        ReceiptLog log = ReceiptLog.direct("log-1", store, signer, Masking.defaults(), Drafts.CLOCK);
        log.append(Drafts.decided(Drafts.run()));
        Receipt asked = log.append(Drafts.decided(Drafts.run()));
        log.append(Drafts.decided(asked.runId()));
        for (int i = 0; i < 4; i++) {
            log.append(Drafts.decided(Drafts.run()));
        }
        MerkleTree tree = new MerkleTree();
        store.read("log-1", 1, 100).forEach(receipt -> tree.append(receipt.bytes()));
        CheckpointSigner checkpoints = CheckpointSigner.derivedFrom("example.org/support", signer);
        Checkpoint checkpoint = checkpoints.sign("log-1", tree.size(), tree.root(), Drafts.NOW);
        ((CheckpointStore) store).save(checkpoint, tree.range());
        try (OutputStream out = Files.newOutputStream(this.folder.resolve("bundle.zip"))) {
            new EvidenceBundle(store, (CheckpointStore) store, ReceiptKeys.of(signer), List.of(checkpoints.key()))
                    .write(ReceiptFilter.ofRun(asked.runId()), out);
        }
        verifier(this.folder.resolve("enact-cli.jar"));
        Files.copy(DocsFolder.page("receipts.md"), this.folder.resolve("receipts.md"));
    }

    /** A jar that starts the same class from the same classes as the one that is shipped. */
    private static void verifier(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, EnactCli.class.getName());
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(path.split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
                        .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private static String privateKey() throws Exception {
        byte[] der = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** The blocks of the part for auditors, from the copy of the page that the auditor has. */
    private static List<String> blocks() throws IOException {
        String page = DocsFolder.read("receipts.md");
        String part = page.substring(page.indexOf("## For an auditor"), page.indexOf("## Verification"));
        return BLOCK.matcher(part).results().map(AuditorPageTests::text).toList();
    }

    private static String text(MatchResult block) {
        return block.group(1);
    }

    private static String block(String with) throws IOException {
        return blocks().stream()
                .filter(block -> block.contains(with))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The page has no block with " + with));
    }

    private record Finished(int status, String output) {}

    private Finished run(String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script)
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
        return new Finished(process.waitFor(), output);
    }

    private static void assumeTools(List<String> tools) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String tool : tools) {
            assumeThat(Arrays.stream(path.split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))))
                    .as(tool + " is not on this machine")
                    .isTrue();
        }
    }
}

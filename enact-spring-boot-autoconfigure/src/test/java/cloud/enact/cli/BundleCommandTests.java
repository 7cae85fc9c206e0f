package cloud.enact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.action.RunId;
import cloud.enact.receipt.CheckpointSigner;
import cloud.enact.receipt.ReceiptSigner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleCommandTests extends CliFixture {

    private String checkpointKey = "";

    private RunId run;

    @Test
    void aRunCanBeCheckedByWhoHasNoSecret() throws Exception {
        Path bundle = bundleOfRun();

        Result result = verify(bundle, "--checkpoint-key", this.checkpointKey);

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out())
                .contains("bundle of a part of the logs, in its own words: run " + this.run
                        + "; what is not in it was not checked")
                .contains("2 receipts checked, nothing is wrong")
                .contains("  2: signature not checkable without the secret; in the log by inclusion proof")
                .contains("signed with a key that you named", "result: NOT_FULLY_CHECKED");
    }

    @Test
    void theSecretMakesItWhole() throws Exception {
        Path bundle = bundleOfRun();
        this.environment.put("ENACT_SECRET", Workshop.SECRET);

        Result result = plain("verify", bundle.toString());

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("2: signature fits a key that you named", "result: VERIFIED");
    }

    @Test
    void keysOfTheBundleItselfAreNotEnough() throws Exception {
        Path bundle = bundleOfRun();

        Result result = verify(bundle);

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out())
                .contains("checkpoint key is only known from the bundle: compare the key")
                .contains("key in the bundle: checkpoints " + this.checkpointKey);
    }

    @Test
    void aCheckpointOfAnotherKeyProvesNothingToWhoNamedOne() throws Exception {
        Path bundle = bundleOfRun();
        String other = CheckpointSigner.derivedFrom(
                        "example.org/workshop", ReceiptSigner.hs256("another secret of more than 32 characters"))
                .key()
                .toString();

        assertThat(verify(bundle, "--checkpoint-key", other).out()).contains("only known from the bundle");
    }

    @Test
    void aPublicKeyIsEnoughWithEdDsa() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String privateKey = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        Path publicKey = Files.writeString(
                this.folder.resolve("key.pem"),
                pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        this.environment.put("ENACT_SECRET", privateKey);
        Path bundle = bundleOfRun(ReceiptSigner.ed25519(privateKey));

        Result named = verify(bundle, "--public-key", publicKey.toString(), "--checkpoint-key", this.checkpointKey);
        Result own = verify(bundle);

        assertThat(named.status()).isZero();
        assertThat(own.status()).isEqualTo(3);
        assertThat(own.out()).contains("2: signature fits a key that is only known from the bundle: compare the key");
    }

    @Test
    void wholeLogsNeedNoProofs() throws Exception {
        Path bundle = this.folder.resolve("whole.zip");
        try (Workshop workshop = workshop()) {
            workshop.publishes("mail.send");
            workshop.publishes("mail.send");
            workshop.checkpoint();
            this.checkpointKey = workshop.checkpointKey().toString();
        }
        assertThat(enact("receipts", "bundle", "--output", bundle).status()).isZero();
        this.environment.clear();

        Result result = verify(bundle, "--checkpoint-key", this.checkpointKey);

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out())
                .contains("bundle of whole logs")
                .contains("0 checkpoints from outside the bundle agree; it would not show if receipts were cut off"
                        + " behind the last ones here")
                .contains("4: signature not checkable without the secret; in the log by inclusion proof");
        assertThat(entries(bundle)).doesNotContainKey("proofs.jsonl");
    }

    @Test
    void whatCameAfterTheLastCheckpointIsNotProven() throws Exception {
        Path bundle = this.folder.resolve("whole.zip");
        try (Workshop workshop = workshop()) {
            workshop.publishes("mail.send");
            workshop.checkpoint();
            workshop.publishes("mail.send");
            this.checkpointKey = workshop.checkpointKey().toString();
        }
        enact("receipts", "bundle", "--output", bundle);
        this.environment.clear();

        Result result = verify(bundle, "--checkpoint-key", this.checkpointKey);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("UNKNOWN_KEY", "2 entries up to here");
    }

    @Test
    void aReceiptWithoutAProofIsToldApart() throws Exception {
        Path bundle = bundleOfRun();
        Path bent = this.folder.resolve("bent.zip");
        rewrite(bundle, bent, (name, text) -> name.equals("proofs.jsonl") ? "" : text);
        this.environment.put("ENACT_SECRET", Workshop.SECRET);

        assertThat(verify(bundle).out()).doesNotContain("not shown to be in a log");
        assertThat(verify(bent).out())
                .contains("  2: not shown to be in a log: no checkpoint covers it, or the bundle has no proof");
    }

    @Test
    void nothingSecretIsInABundle() throws Exception {
        Path bundle = bundleOfRun();

        assertThat(entries(bundle).values()).noneMatch(text -> text.contains(Workshop.SECRET));
        assertThat(entries(bundle).keySet())
                .contains("receipts.jsonl", "proofs.jsonl", "report.html", "report.json", "mapping.csv", "README.txt")
                .noneMatch(name -> name.endsWith(".pem"));
        assertThat(Files.getPosixFilePermissions(bundle)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theSameReceiptsGiveTheSameBundle() throws Exception {
        Path bundle = bundleOfRun();
        Path again = this.folder.resolve("again.zip");
        this.environment.put("ENACT_SECRET", Workshop.SECRET);

        enact("receipts", "bundle", "--run", this.run, "--output", again);

        assertThat(again).hasSameBinaryContentAs(bundle);
    }

    @ParameterizedTest
    @ValueSource(strings = {"receipt", "order", "missing", "proof", "proofs", "checkpoint", "garbage", "index"})
    void aBentBundleIsNoticed(String how) throws Exception {
        Path bundle = bundleOfRun();
        Path bent = this.folder.resolve("bent.zip");
        rewrite(bundle, bent, (name, text) -> switch (how + " " + name) {
            case "receipt receipts.jsonl" -> text.replaceFirst("agent@example.org", "other@example.org");
            case "order receipts.jsonl" -> swapped(text);
            case "missing receipts.jsonl" -> text.substring(text.indexOf('\n') + 1);
            case "garbage receipts.jsonl" -> text + "{\"not\":\"a receipt\"}\n";
            case "proof proofs.jsonl" -> text.replaceFirst("=\\\\n", "A\\\\n");
            case "proofs proofs.jsonl" -> swapped(text);
            case "index proofs.jsonl" -> text.replaceFirst("index 2", "index 0");
            default ->
                (how.equals("checkpoint") && name.endsWith("jsonl")) || name.endsWith(".note")
                        ? text.replace("\\n6\\n", "\\n7\\n")
                                .replace("\n6\n", how.equals("checkpoint") ? "\n7\n" : "\n6\n")
                        : text;
        });

        Result result = verify(bent, "--checkpoint-key", this.checkpointKey);

        assertThat(result.status()).as(result.out()).isEqualTo(1);
        assertThat(result.out()).contains("result: BROKEN");
    }

    @Test
    void whatOthersWroteIsNoMarkupInTheReport() throws Exception {
        Path bundle = this.folder.resolve("run.zip");
        Path page = this.folder.resolve("page.html");
        try (Workshop workshop = workshop()) {
            workshop.publishes("mail.<script>alert(1)</script>\u202e\"'&");
            workshop.checkpoint();
        }
        enact("receipts", "bundle", "--output", bundle);

        assertThat(verify(bundle, "--report", page.toString()).status()).isZero();
        for (String html : new String[] {Files.readString(page), entries(bundle).get("report.html")}) {
            assertThat(html)
                    .contains("mail.&lt;script&gt;alert(1)&lt;/script&gt;\uFFFD&quot;&#39;&amp;")
                    .contains("default-src 'none'")
                    .doesNotContain("<script", "\u202e", "http:", "https:");
        }
    }

    @Test
    void anUnknownRunHasNoBundle() throws Exception {
        workshop().close();
        Path bundle = this.folder.resolve("run.zip");

        Result result =
                enact("receipts", "bundle", "--run", "01890a5d-ac96-774b-bcce-b302099a8057", "--output", bundle);

        assertThat(result.status()).isEqualTo(1);
        assertThat(bundle).doesNotExist();
    }

    @Test
    void theReportSaysSoInJson() throws Exception {
        Path bundle = bundleOfRun();

        Result result = verify(bundle, "--checkpoint-key", this.checkpointKey, "--json");

        assertThat(result.json().get("state").asString()).isEqualTo("NOT_FULLY_CHECKED");
        assertThat(result.json()
                        .get("receipts")
                        .get("in_log_signature_not_checkable")
                        .asInt())
                .isEqualTo(2);
    }

    private Path bundleOfRun() throws Exception {
        return bundleOfRun(ReceiptSigner.hs256(Workshop.SECRET));
    }

    private Path bundleOfRun(ReceiptSigner signer) throws Exception {
        Path bundle = this.folder.resolve("run.zip");
        try (Workshop workshop = new Workshop(this.folder, signer)) {
            workshop.publishes("mail.send");
            this.run = workshop.does(files -> files.writeFile("a.txt", "a"));
            workshop.publishes("mail.send");
            workshop.checkpoint();
            this.checkpointKey = workshop.checkpointKey().toString();
        }
        Result result = enact("receipts", "bundle", "--run", this.run, "--output", bundle);
        assertThat(result.status()).as(result.toString()).isZero();
        this.environment.clear();
        return bundle;
    }

    private Result verify(Path bundle, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "verify";
        all[1] = bundle.toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return plain(all);
    }

    private static Map<String, String> entries(Path zip) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toArray(ZipEntry[]::new)) {
                try (InputStream in = file.getInputStream(entry)) {
                    entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return entries;
    }

    private interface Change {

        String of(String name, String text);
    }

    private static void rewrite(Path from, Path to, Change change) throws IOException {
        try (OutputStream out = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries(from).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(change.of(entry.getKey(), entry.getValue()).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String swapped(String text) {
        String[] lines = text.split("\n");
        return lines[1] + "\n" + lines[0] + "\n";
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}

package cloud.enact.receipt.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cloud.enact.receipt.Drafts;
import cloud.enact.receipt.Masking;
import cloud.enact.receipt.ReceiptFilter;
import cloud.enact.receipt.ReceiptFormatException;
import cloud.enact.receipt.ReceiptKeys;
import cloud.enact.receipt.ReceiptLog;
import cloud.enact.receipt.ReceiptSigner;
import cloud.enact.receipt.ReceiptStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are given to the verifier as bundles, and are none. */
class BundleFileTests {

    private static final String MANIFEST = "{\"enact_bundle\":1,\"complete\":true,\"scope\":\"whole logs\"}";

    private static final int MILLION = 1_000_000;

    @TempDir
    private Path folder;

    private final BundleVerifier verifier = new BundleVerifier(List.of(), List.of());

    @Test
    void aTextFileIsNoBundle() throws Exception {
        assertThat(BundleVerifier.isBundle(Files.writeString(this.folder.resolve("a"), "{\"a\":1}\n")))
                .isFalse();
        assertThat(BundleVerifier.isBundle(Files.writeString(this.folder.resolve("b"), "")))
                .isFalse();
    }

    @Test
    void everyCutOffBundleIsRefused() throws Exception {
        byte[] whole = bundle();

        for (int length = 4; length < whole.length; length += 97) {
            Path cut = Files.write(this.folder.resolve("cut.zip"), Arrays.copyOf(whole, length));
            assertRefused(cut, "no bundle");
        }
    }

    @Test
    void noFlippedByteEndsInAnythingButAFindingOrARefusal() throws Exception {
        byte[] whole = bundle();
        Random random = new Random(42);
        Path bent = this.folder.resolve("bent.zip");

        for (int i = 0; i < 400; i++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(bent, bytes);
            try {
                BundleReport report = this.verifier.verify(bent);
                assertThat(report.state()).isNotEqualTo(BundleReport.State.VERIFIED);
            } catch (ReceiptFormatException ex) {
                assertThat(ex.getMessage()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "/etc/passwd",
                "checkpoints/../../x.note",
                "checkpoints\\x.note",
                "keys/a/b.pem",
                "extra.txt",
                "receipts.jsonl "
            })
    void aFileThatNoBundleHasIsRefused(String name) throws Exception {
        assertRefused(
                zip(zip -> {
                    add(zip, "manifest.json", MANIFEST);
                    add(zip, "receipts.jsonl", "");
                    add(zip, name, "x");
                }),
                "holds a file that no bundle has");
    }

    @Test
    void aFileThatIsThereTwiceIsRefused() throws Exception {
        Path zip = zip(out -> {
            add(out, "manifest.json", MANIFEST);
            add(out, "receipts.jsonl", "");
            add(out, "receipts.jsonX", "forged");
        });
        String bytes = new String(Files.readAllBytes(zip), StandardCharsets.ISO_8859_1);
        Files.writeString(zip, bytes.replace("jsonX", "jsonl"), StandardCharsets.ISO_8859_1);

        assertRefused(zip, "twice");
    }

    @Test
    void moreFilesThanAnyBundleHasAreRefusedBeforeTheirTableIsRead() throws Exception {
        assertRefused(
                zip(zip -> {
                    for (int i = 0; i < 2000; i++) {
                        add(zip, "checkpoints/log-" + i + ".note", "");
                    }
                }),
                "more files");
    }

    @Test
    void aCommentThatLooksLikeTheEndOfASmallBundleHidesNoTable() throws Exception {
        byte[] end = new byte[22];
        System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, end, 0, 4);
        // a comment must not begin where the file ends
        byte[] comment = Arrays.copyOf(end, end.length + 10);
        byte[] whole = Files.readAllBytes(zip(zip -> {
            for (int i = 0; i < 2000; i++) {
                add(zip, "checkpoints/log-" + i + ".note", "");
            }
        }));
        byte[] bytes = Arrays.copyOf(whole, whole.length + comment.length);
        System.arraycopy(comment, 0, bytes, whole.length, comment.length);
        bytes[whole.length - 2] = (byte) comment.length;

        assertRefused(Files.write(this.folder.resolve("comment.zip"), bytes), "or has a comment");
    }

    @Test
    void aZipBombIsRefused() throws Exception {
        byte[] zeros = new byte[MILLION];
        assertRefused(
                zip(zip -> {
                    add(zip, "manifest.json", MANIFEST);
                    zip.putNextEntry(new ZipEntry("receipts.jsonl"));
                    for (int i = 0; i < 500; i++) {
                        zip.write(zeros);
                    }
                }),
                "longer than");
        byte[] lines = "\n".repeat(MILLION).getBytes(StandardCharsets.UTF_8);
        assertRefused(
                zip(zip -> {
                    add(zip, "manifest.json", MANIFEST);
                    zip.putNextEntry(new ZipEntry("receipts.jsonl"));
                    for (int i = 0; i < 100; i++) {
                        zip.write(lines);
                    }
                }),
                "lines are no receipts");
    }

    @Test
    void whatGrowsBeyondMeasureIsRefused() throws Exception {
        byte[] zeros = new byte[MILLION];
        Path zip = zip(out -> {
            add(out, "manifest.json", MANIFEST);
            out.putNextEntry(new ZipEntry("receipts.jsonl"));
            for (int i = 0; i < 500; i++) {
                out.write(zeros);
            }
        });

        try (BundleFile file = BundleFile.open(zip)) {
            assertThatExceptionOfType(ReceiptFormatException.class)
                    .isThrownBy(() -> file.open("receipts.jsonl").transferTo(OutputStream.nullOutputStream()))
                    .withMessageContaining("zip bomb");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"enact_bundle\":2,\"complete\":true,\"scope\":\"x\"}",
                "{\"enact_bundle\":1,\"complete\":\"yes\",\"scope\":\"x\"}",
                "{\"enact_bundle\":1,"
            })
    void aManifestThatIsNoneIsRefused(String manifest) throws Exception {
        Path zip = zip(out -> {
            add(out, "manifest.json", manifest);
            add(out, "receipts.jsonl", "");
        });

        assertRefused(zip, manifest.contains(":2,") ? "newer version" : "manifest");
    }

    @Test
    void aKeyThatIsNoneIsRefused() throws Exception {
        assertRefused(
                zip(out -> {
                    add(out, "manifest.json", MANIFEST);
                    add(out, "receipts.jsonl", "");
                    add(out, "keys/a.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
                }),
                "key in the bundle");
        assertRefused(
                zip(out -> {
                    add(out, "manifest.json", MANIFEST);
                    add(out, "receipts.jsonl", "");
                    add(out, "keys/checkpoints.vkey", "a+b+c\n");
                }),
                "checkpoint key in the bundle");
    }

    @Test
    void anEmptyBundleProvesNothing() throws Exception {
        BundleReport report = this.verifier.verify(zip(out -> {
            add(out, "manifest.json", MANIFEST);
            add(out, "receipts.jsonl", "");
        }));

        assertThat(report.state()).isEqualTo(BundleReport.State.BROKEN);
    }

    @Test
    void aCheckpointThatIsNoneIsAProblem() throws Exception {
        BundleReport report = this.verifier.verify(zip(out -> {
            add(out, "manifest.json", MANIFEST);
            add(out, "receipts.jsonl", "");
            add(out, "checkpoints/log-1-5.note", "nonsense");
        }));

        assertThat(report.problems()).anyMatch(problem -> problem.detail().contains("proves nothing"));
    }

    @Test
    void aBundleThatWasPackedAgainIsStillOne() throws Exception {
        Path zip = zip(out -> {
            add(out, "checkpoints/", "");
            add(out, "keys/", "");
            add(out, "manifest.json", MANIFEST);
            add(out, "receipts.jsonl", "");
        });

        assertThat(this.verifier.verify(zip).verification().checked()).isZero();
    }

    private void assertRefused(Path zip, String why) {
        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> this.verifier.verify(zip))
                .withMessageContaining(why);
    }

    private static byte[] bundle() throws IOException {
        ReceiptStore store = ReceiptStore.inMemory(100);
        ReceiptSigner signer = ReceiptSigner.hs256(Drafts.SECRET);
        ReceiptLog log = ReceiptLog.direct("log-1", store, signer, Masking.defaults(), Drafts.CLOCK);
        for (int i = 0; i < 5; i++) {
            log.append(Drafts.decided(Drafts.run()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new EvidenceBundle(store, null, ReceiptKeys.of(signer), List.of()).write(ReceiptFilter.all(), out);
        return out.toByteArray();
    }

    private interface Content {

        void writeTo(ZipOutputStream zip) throws IOException;
    }

    private Path zip(Content content) throws IOException {
        Path file = this.folder.resolve("made.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            content.writeTo(zip);
        }
        return file;
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
